package io.reprise.benchmarks;

import java.util.List;

/**
 * All cells, in the order in which they are run: those with the most load first, since
 * they warm up the others.
 */
final class Cells {

	static final String TIMER = "timer";

	static final String REPLAY = "replay50k";

	private static final int MANY = 256;

	private Cells() {
	}

	static Cell named(String name) {
		return all().stream()
			.filter((cell) -> cell.name().equals(name))
			.findFirst()
			.orElseThrow(
					() -> new IllegalArgumentException("Expected a cell of %s, but got %s".formatted(names(), name)));
	}

	static List<String> names() {
		return all().stream().map(Cell::name).toList();
	}

	static List<Cell> all() {
		return List.of(new Cell("w10x256", Cell.Kind.RUN, 10, MANY), new Cell("w1x256", Cell.Kind.RUN, 1, MANY),
				new Cell("w100x64local", Cell.Kind.LOCAL, 100, 64), new Cell("w1x1", Cell.Kind.RUN, 1, 1),
				new Cell("w10x1", Cell.Kind.RUN, 10, 1), new Cell("startx1", Cell.Kind.START, 1, 1),
				new Cell(TIMER, Cell.Kind.TIMER, 0, MANY), new Cell(REPLAY, Cell.Kind.REPLAY, 0, 1));
	}

}
