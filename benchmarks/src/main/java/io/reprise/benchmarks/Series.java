package io.reprise.benchmarks;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One figure of one system, once for each round.
 */
final class Series {

	private final String unit;

	private final List<Double> values = new ArrayList<>();

	private final List<Double> floorRatios = new ArrayList<>();

	Series(String unit) {
		this.unit = unit;
	}

	void add(double value, @Nullable Double floorRatio) {
		values.add(value);
		if (floorRatio != null) {
			floorRatios.add(floorRatio);
		}
	}

	String unit() {
		return unit;
	}

	double median() {
		return median(values);
	}

	@Nullable Double floorRatio() {
		return floorRatios.isEmpty() ? null : median(floorRatios);
	}

	private static double median(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

}
