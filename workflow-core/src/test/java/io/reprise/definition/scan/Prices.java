package io.reprise.definition.scan;

class Prices extends Costs {

	double total(String order) {
		return base(order) * 1.2;
	}

}
