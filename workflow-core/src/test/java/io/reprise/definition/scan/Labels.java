package io.reprise.definition.scan;

import java.util.UUID;

final class Labels {

	private Labels() {
	}

	static void print(String label) {
		Runnable printing = () -> System.getProperty(label);
		printing.run();
	}

	static String random() {
		return UUID.randomUUID().toString();
	}

	static String even(int number) {
		return Even.is(number) ? "even" : "odd";
	}

}
