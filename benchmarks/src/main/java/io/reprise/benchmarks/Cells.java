package io.reprise.benchmarks;

import java.util.List;

/**
 * All cells, in the order in which they are run: those with the most load first, since
 * they warm up the others.
 */
final class Cells {

	static final String TIMER = "timer";

	private static final int MANY = 256;

	private Cells() {
	}

	static List<Cell> all() {
		return List.of(new Cell("w10x256", Cell.Kind.RUN, 10, MANY), new Cell("w1x256", Cell.Kind.RUN, 1, MANY),
				new Cell("w100x64local", Cell.Kind.LOCAL, 100, 64), new Cell("w1x1", Cell.Kind.RUN, 1, 1),
				new Cell("w10x1", Cell.Kind.RUN, 10, 1), new Cell("startx1", Cell.Kind.START, 1, 1),
				new Cell(TIMER, Cell.Kind.TIMER, 0, MANY));
	}

}
