package io.reprise.benchmarks;

import java.util.Arrays;
import java.util.Optional;

/**
 * What each figure must reach. The only place that says so.
 */
enum Mark {

	W10X256("w10x256", "activities/s", true, 10_000),

	W1X256("w1x256", "workflows/s", true, 5_000),

	W100X64LOCAL("w100x64local", "activities/s", true, 30_000),

	W1X1_P50("w1x1-p50", "ms", false, 1.3),

	W1X1_P99("w1x1-p99", "ms", false, 6),

	W10X1_P50("w10x1-p50", "ms", false, 5.5),

	W10X1_P99("w10x1-p99", "ms", false, 20),

	STARTX1_P50("startx1-p50", "ms", false, 0.7),

	CPU("w10x256-cpu", "CPU s/1,000 activities", false, 0.2),

	TIMER_P50("timer-p50", "ms", false, 100),

	TIMER_P99("timer-p99", "ms", false, 1_000),

	TIMER_EARLY("timer-early", "timers", false, 0);

	private final String figure;

	private final String unit;

	private final boolean higherIsBetter;

	private final double limit;

	Mark(String figure, String unit, boolean higherIsBetter, double limit) {
		this.figure = figure;
		this.unit = unit;
		this.higherIsBetter = higherIsBetter;
		this.limit = limit;
	}

	static Optional<Mark> of(String figure) {
		return Arrays.stream(values()).filter((mark) -> mark.figure.equals(figure)).findFirst();
	}

	String figure() {
		return figure;
	}

	boolean isReachedBy(double value) {
		return higherIsBetter ? value >= limit : value <= limit;
	}

	@Override
	public String toString() {
		return "%s %s %s".formatted(higherIsBetter ? ">=" : "<=", Figure.number(limit), unit);
	}

}
