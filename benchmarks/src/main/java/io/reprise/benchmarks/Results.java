package io.reprise.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What all systems reached in all rounds: as a table, as a file, and against the marks.
 */
final class Results {

	private static final String ROW = "%-26s %12s  %-24s %10s  %-9s %12s %10s  %-34s %s%n";

	private static final String HEADER = "name,value,unit,floor_ratio,best_peer,best_peer_value,peer_ratio";

	private final Map<Contender, Map<String, Series>> series = new LinkedHashMap<>();

	private final List<String> notes = new ArrayList<>();

	/**
	 * Adds what was reached in one round.
	 * @param contender who reached it
	 * @param reading what was reached
	 * @param floor what the database alone reached in that round
	 */
	void add(Contender contender, Reading reading, Floor floor) {
		series.computeIfAbsent(contender, (key) -> new LinkedHashMap<>())
			.computeIfAbsent(reading.name(), (key) -> new Series(reading.unit()))
			.add(reading.value(), floor.ratio(reading));
	}

	/**
	 * Adds something that the table has no row for.
	 * @param note one line
	 */
	void note(String note) {
		notes.add(note);
	}

	/** All figures, ours first. */
	List<Figure> figures() {
		List<Figure> figures = new ArrayList<>();
		series.forEach((contender, byName) -> byName.forEach((name, taken) -> {
			if (contender.peer()) {
				figures.add(new Figure("%s/%s".formatted(contender.label(), name), taken.median(), taken.unit(),
						taken.floorRatio(), null, null));
			}
			else {
				Optional<Contender> best = bestPeer(name, taken);
				figures.add(new Figure(name, taken.median(), taken.unit(), taken.floorRatio(),
						best.map(Contender::label).orElse(null),
						best.map((peer) -> taken(peer, name)).map(Series::median).orElse(null)));
			}
		}));
		figures.sort(Comparator.comparing((figure) -> figure.name().contains("/")));
		return figures;
	}

	/**
	 * Figures that are worse than they must be.
	 * @return one line for each
	 */
	List<String> failures() {
		return figures().stream()
			.flatMap((figure) -> Mark.of(figure.name()).stream().flatMap((mark) -> mark.failures(figure).stream()))
			.toList();
	}

	void print(PrintStream out) {
		out.printf(ROW, "figure", "value", "unit", "by floor", "best peer", "reached", "ratio", "must reach", "");
		for (Figure figure : figures()) {
			Optional<Mark> mark = Mark.of(figure.name());
			out.printf(ROW, figure.name(), Figure.number(figure.value()), figure.unit(),
					Figure.number(figure.floorRatio()), Objects.toString(figure.bestPeer(), ""),
					Figure.number(figure.bestPeerValue()), Figure.number(figure.peerRatio()),
					mark.map(Mark::toString).orElse(""),
					mark.map((found) -> found.failures(figure).isEmpty() ? "ok" : "BELOW").orElse(""));
		}
		notes.forEach(out::println);
	}

	void write(Path file) throws IOException {
		List<String> lines = new ArrayList<>();
		lines.add(HEADER);
		for (Figure figure : figures()) {
			lines.add(String.join(",", figure.name(), Double.toString(figure.value()), figure.unit().replace(",", ""),
					text(figure.floorRatio()), text(figure.bestPeer()), text(figure.bestPeerValue()),
					text(figure.peerRatio())));
		}
		Files.createDirectories(file.toAbsolutePath().getParent());
		Files.write(file, lines);
	}

	private Optional<Contender> bestPeer(String name, Series ours) {
		Comparator<Contender> byValue = Comparator.comparing((peer) -> taken(peer, name).median());
		boolean higherIsBetter = ours.unit().endsWith("/s");
		return series.keySet()
			.stream()
			.filter((contender) -> contender.peer() && contender.durable())
			.filter((peer) -> Objects.requireNonNull(series.get(peer)).containsKey(name))
			.max(higherIsBetter ? byValue : byValue.reversed());
	}

	private Series taken(Contender contender, String name) {
		return Objects.requireNonNull(Objects.requireNonNull(series.get(contender)).get(name));
	}

	private static String text(@Nullable Object value) {
		return Objects.toString(value, "");
	}

}
