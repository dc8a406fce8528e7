package io.reprise.definition.scan;

final class Odd {

	private Odd() {
	}

	static boolean is(int number) {
		return number != 0 && Even.is(number - 1);
	}

}
