package io.reprise.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The figures of a run: as a table, as a file, and against their marks.
 */
final class Results {

	private static final String ROW = "%-18s %12s  %-24s %12s  %-34s %s%n";

	private final List<Figure> figures = new ArrayList<>();

	void add(String name, double value, String unit, @Nullable Double floorRatio) {
		figures.add(new Figure(name, value, unit, floorRatio));
	}

	List<Figure> figures() {
		return List.copyOf(figures);
	}

	/**
	 * Figures that are worse than they must be.
	 * @return one line for each
	 */
	List<String> failures() {
		List<String> failures = new ArrayList<>();
		for (Figure figure : figures) {
			Mark.of(figure.name())
				.filter((mark) -> !mark.isReachedBy(figure.value()))
				.ifPresent((mark) -> failures
					.add("Expected %s %s, but it is %s".formatted(figure.name(), mark, Figure.number(figure.value()))));
		}
		return failures;
	}

	void print(PrintStream out) {
		out.printf(ROW, "figure", "value", "unit", "by floor", "must reach", "");
		for (Figure figure : figures) {
			String mark = Mark.of(figure.name()).map(Mark::toString).orElse("");
			String verdict = Mark.of(figure.name())
				.map((found) -> found.isReachedBy(figure.value()) ? "ok" : "BELOW")
				.orElse("");
			out.printf(ROW, figure.name(), Figure.number(figure.value()), figure.unit(), ratio(figure), mark, verdict);
		}
	}

	void write(Path file) throws IOException {
		List<String> lines = new ArrayList<>();
		lines.add("name,value,unit,floor_ratio,best_peer,best_peer_value,peer_ratio");
		for (Figure figure : figures) {
			lines.add("%s,%s,%s,%s,,,".formatted(figure.name(), figure.value(), figure.unit().replace(",", ""),
					Objects.toString(figure.floorRatio(), "")));
		}
		Files.createDirectories(file.toAbsolutePath().getParent());
		Files.write(file, lines);
	}

	private static String ratio(Figure figure) {
		Double ratio = figure.floorRatio();
		return (ratio != null) ? Figure.number(ratio) : "";
	}

}
