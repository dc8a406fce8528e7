package io.reprise.definition.scan;

/** Calls itself through another. */
final class Even {

	private Even() {
	}

	static boolean is(int number) {
		return number == 0 || Odd.is(number - 1);
	}

}
