package io.reprise.definition.scan;

class Costs {

	double base(String order) {
		return surcharge(order, 0);
	}

	private double surcharge(String order, int depth) {
		return (depth > 3) ? Math.random() : surcharge(order, depth + 1) + base(order);
	}

}
