package io.reprise.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What each figure must reach. The only place that says so.
 */
enum Mark {

	W10X256("w10x256", "activities/s", true, 10_000, 3.5),

	W1X256("w1x256", "workflows/s", true, 5_000, 4.0),

	W100X64LOCAL("w100x64local", "activities/s", true, 30_000),

	W1X1_P50("w1x1-p50", "ms", false, 1.3, 0.75),

	W1X1_P99("w1x1-p99", "ms", false, 6),

	W10X1_P50("w10x1-p50", "ms", false, 5.5, 0.6),

	W10X1_P99("w10x1-p99", "ms", false, 20),

	STARTX1_P50("startx1-p50", "ms", false, 0.7),

	CPU("w10x256-cpu", "CPU s/1,000 activities", false, 0.2),

	TIMER_P50("timer-p50", "ms", false, 100),

	TIMER_P99("timer-p99", "ms", false, 1_000),

	TIMER_EARLY("timer-early", "timers", false, 0),

	REPLAY50K("replay50k", "ms", false, 400),

	OPEN_READY("open-ready", "s", false, 10),

	OPEN_HEAP("open-heap", "MB", false, 512),

	OPEN_W10X256("open-w10x256", LongRuns.UNIT, true, 0.9),

	OPEN_W1X256("open-w1x256", LongRuns.UNIT, true, 0.9),

	OPEN_W1X1("open-w1x1-p50", LongRuns.UNIT, false, 1.1),

	OPEN_W10X1("open-w10x1-p50", LongRuns.UNIT, false, 1.1),

	CLOSED_W10X256("closed-w10x256", LongRuns.UNIT, true, 0.9),

	CLOSED_W1X256("closed-w1x256", LongRuns.UNIT, true, 0.9);

	private final String figure;

	private final String unit;

	private final boolean higherIsBetter;

	private final double limit;

	/** What it must reach by the best durable peer. */
	private final @Nullable Double ratio;

	Mark(String figure, String unit, boolean higherIsBetter, double limit) {
		this(figure, unit, higherIsBetter, limit, null);
	}

	Mark(String figure, String unit, boolean higherIsBetter, double limit, @Nullable Double ratio) {
		this.figure = figure;
		this.unit = unit;
		this.higherIsBetter = higherIsBetter;
		this.limit = limit;
		this.ratio = ratio;
	}

	static Optional<Mark> of(String figure) {
		return Arrays.stream(values()).filter((mark) -> mark.figure.equals(figure)).findFirst();
	}

	String figure() {
		return figure;
	}

	/**
	 * Where a figure falls short.
	 * @param reached the figure
	 * @return one line for each of value and ratio that is worse than it must be. A ratio
	 * that was not taken is none of them
	 */
	List<String> failures(Figure reached) {
		List<String> failures = new ArrayList<>();
		if (isWorse(reached.value(), limit)) {
			failures.add("Expected %s %s %s %s, but it is %s".formatted(figure, sign(), Figure.number(limit), unit,
					Figure.number(reached.value())));
		}
		Double taken = reached.peerRatio();
		if (ratio != null && taken != null && isWorse(taken, ratio)) {
			failures.add("Expected %s %s %s times that of %s, but it is %s".formatted(figure, sign(),
					Figure.number(ratio), reached.bestPeer(), Figure.number(taken)));
		}
		return failures;
	}

	@Override
	public String toString() {
		String value = "%s %s %s".formatted(sign(), Figure.number(limit), unit);
		return (ratio != null) ? "%s, %s x".formatted(value, Figure.number(ratio)) : value;
	}

	private boolean isWorse(double value, double wanted) {
		return higherIsBetter ? value < wanted : value > wanted;
	}

	private String sign() {
		return higherIsBetter ? ">=" : "<=";
	}

}
