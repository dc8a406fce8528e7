package io.reprise.benchmarks;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What a system reached in a run: the median of its rounds.
 *
 * @param name what was measured; a peer's figures begin with its name
 * @param value the value
 * @param unit its unit
 * @param floorRatio value by what the database alone reaches in the same run,
 * {@code null} where there is nothing to compare with
 * @param bestPeer the durable peer that is best at it, {@code null} if there is none
 * @param bestPeerValue what that one reached
 */
record Figure(String name, double value, String unit, @Nullable Double floorRatio, @Nullable String bestPeer,
		@Nullable Double bestPeerValue) {

	/** Value by that of the best peer. */
	@Nullable Double peerRatio() {
		return (bestPeerValue != null && bestPeerValue != 0) ? value / bestPeerValue : null;
	}

	/**
	 * A number with as many decimals as its size deserves.
	 * @param value the number
	 * @return its text
	 */
	static String number(@Nullable Double value) {
		if (value == null) {
			return "";
		}
		if (value == Math.rint(value) || Math.abs(value) >= 100) {
			return String.format(Locale.ROOT, "%.0f", value);
		}
		return String.format(Locale.ROOT, (Math.abs(value) >= 10) ? "%.1f" : "%.3f", value);
	}

}
