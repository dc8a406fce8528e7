package io.reprise.replay;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where replayed code did something else than the history says.
 *
 * @param markerId id of the marker of the turn
 * @param recorded what the commands of the turn were, in words
 * @param index the first of them that the code did not repeat; their number if it did
 * more
 * @param actual what the code did instead, in words, or {@code null} if it did nothing
 * more in this turn
 * @param line the line of user code that did it, if it is known
 */
public record Mismatch(long markerId, List<String> recorded, int index, @Nullable String actual,
		@Nullable String line) {

	public Mismatch {
		recorded = List.copyOf(recorded);
	}

	/**
	 * Recorded and actual commands, one a line: {@code -} for what the code no longer
	 * does, {@code +} for what it does instead.
	 * @return the lines
	 */
	public String diff() {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < index; i++) {
			text.append("    ").append(recorded.get(i)).append('\n');
		}
		for (int i = index; i < recorded.size(); i++) {
			text.append("  - ").append(recorded.get(i)).append('\n');
		}
		text.append("  + ").append((actual != null) ? actual : "nothing more");
		return text.append((line != null) ? " at " + line : "").append('\n').toString();
	}

}
