package io.reprise.definition.scan;

import java.util.Comparator;
import java.util.Random;

class Shuffling implements Comparator<String> {

	@Override
	public int compare(String one, String other) {
		return new Random().nextInt();
	}

}
