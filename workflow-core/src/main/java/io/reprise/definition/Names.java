package io.reprise.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Tells which names there are to somebody who gave another one.
 */
final class Names {

	private static final int SHOWN = 10;

	private Names() {
	}

	/**
	 * The second half of a sentence.
	 * @param one what a name stands for
	 * @param many its plural
	 * @param given the name that is not known
	 * @param known all names
	 * @return such as {@code the known activities are A, B}, the most similar names first
	 */
	static String known(String one, String many, String given, Collection<String> known) {
		if (known.isEmpty()) {
			return "there is no " + one + " here";
		}
		List<String> closest = closest(given, known);
		String shown = String.join(", ", closest.subList(0, Math.min(SHOWN, closest.size())));
		int more = closest.size() - SHOWN;
		return "the known %s are %s".formatted(many, shown) + ((more > 0) ? " and " + more + " more" : "");
	}

	static List<String> closest(String given, Collection<String> known) {
		String lower = given.toLowerCase(Locale.ROOT);
		return known.stream()
			.sorted(Comparator.comparingInt((String name) -> distance(lower, name.toLowerCase(Locale.ROOT)))
				.thenComparing(Comparator.naturalOrder()))
			.toList();
	}

	/** How many characters to insert, delete or replace. */
	private static int distance(String a, String b) {
		int[] row = new int[b.length() + 1];
		for (int j = 0; j < row.length; j++) {
			row[j] = j;
		}
		for (int i = 1; i <= a.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j < row.length; j++) {
				int replaced = diagonal + ((a.charAt(i - 1) == b.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[b.length()];
	}

}
