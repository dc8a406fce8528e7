package io.reprise.benchmarks;

import org.HdrHistogram.Histogram;

/**
 * What a cell did in the time that was measured.
 *
 * @param latencies microseconds of each call that ended in that time
 * @param seconds the time
 * @param used what was used in that time
 */
record Measurement(Histogram latencies, double seconds, Usage used) {

	long count() {
		return latencies.getTotalCount();
	}

	double perSecond() {
		return count() / seconds;
	}

	double millis(double percentile) {
		return latencies.getValueAtPercentile(percentile) / 1_000.0;
	}

}
