package io.reprise.testkit.simulator;

import java.util.ArrayList;
import java.util.List;

import io.reprise.testkit.simulator.Step.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow does: the argument of {@link Interpreter}.
 *
 * @param steps one after the other
 * @param cleanUp what it does after it was cancelled
 * @param next what it goes on with in a new run, or {@code null}
 * @param heard the signals that runs before it have heard
 */
public record Program(List<Step> steps, List<Step> cleanUp, @Nullable Program next, List<String> heard) {

	private static final List<Kind> LEAVES = List.of(Kind.ACTIVITY, Kind.ACTIVITY, Kind.ACTIVITY, Kind.ACTIVITY,
			Kind.DOOMED_ACTIVITY, Kind.SLOW_ACTIVITY, Kind.BEATING_ACTIVITY, Kind.HURRIED_ACTIVITY, Kind.SLEEP,
			Kind.SLEEP, Kind.AWAIT, Kind.AWAIT, Kind.SIDE_EFFECT, Kind.RANDOM, Kind.PATCH, Kind.TELL);

	private static final List<Kind> BRANCHES = List.of(Kind.ALL, Kind.ALL, Kind.ANY, Kind.LOOP, Kind.CANCEL,
			Kind.DETACHED, Kind.CHILD, Kind.CHILD);

	Program(List<Step> steps, List<Step> cleanUp) {
		this(steps, cleanUp, null, List.of());
	}

	Program hearing(List<String> signals) {
		return new Program(steps, cleanUp, next, signals);
	}

	static Program draw(Chance chance) {
		return draw(chance, chance.in(0.3) ? (int) chance.between(1, 3) : 0);
	}

	private static Program draw(Chance chance, int continuations) {
		List<Step> steps = new ArrayList<>(steps(chance, (int) chance.between(1, 6), 2));
		if (chance.in(0.05)) {
			steps.add(Step.of(Kind.FAIL, 0, 0));
		}
		if (chance.in(0.03)) {
			// Long enough for snapshots.
			steps.addFirst(Step.of(Kind.LOOP, (int) chance.between(20, 40), 0,
					chance.in(0.5) ? Step.of(Kind.ACTIVITY, 0, 0) : Step.local(Kind.ACTIVITY, 0, 0)));
		}
		List<Step> cleanUp = chance.in(0.5) ? steps(chance, 1, 0) : List.of();
		return new Program(steps, cleanUp, (continuations > 0) ? draw(chance, continuations - 1) : null, List.of());
	}

	private static List<Step> steps(Chance chance, int count, int depth) {
		List<Step> steps = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			steps.add(step(chance, depth));
		}
		return List.copyOf(steps);
	}

	private static Step step(Chance chance, int depth) {
		boolean branch = depth > 0 && chance.in(0.3);
		Kind kind = chance.pick(branch ? BRANCHES : LEAVES);
		int count = switch (kind) {
			case LOOP -> (int) chance.between(2, 4);
			case AWAIT -> (int) chance.between(1, 3);
			case CHILD, TELL -> chance.below(3);
			default -> chance.in(0.3) ? (int) chance.between(1, 2) : 0;
		};
		long millis = switch (kind) {
			case SLEEP, CANCEL -> chance.oneOf(1, 20, 500, 3_000, 8_000);
			case AWAIT -> chance.oneOf(50, 1_000, 5_000, 15_000);
			case CHILD -> chance.below(4);
			case HURRIED_ACTIVITY -> chance.oneOf(5, 300, 3_000);
			default -> chance.oneOf(0, 0, 2, 40, 700);
		};
		return new Step(kind, count, millis, chance.in(0.4),
				branch ? steps(chance, (int) chance.between(1, 3), depth - 1) : List.of());
	}

}
