package io.reprise.testkit.simulator;

import java.util.List;

/**
 * A step of a random program.
 *
 * @param kind what it does
 * @param count how often, or how many
 * @param millis how long
 * @param local whether its activity is a local one
 * @param steps what it does it with
 */
public record Step(Kind kind, int count, long millis, boolean local, List<Step> steps) {

	static Step of(Kind kind, int count, long millis, Step... steps) {
		return new Step(kind, count, millis, false, List.of(steps));
	}

	static Step local(Kind kind, int count, long millis) {
		return new Step(kind, count, millis, true, List.of());
	}

	/** What steps do. */
	public enum Kind {

		/** Calls an activity that fails {@code count} times and takes {@code millis}. */
		ACTIVITY,
		/** Calls an activity that fails for good. */
		DOOMED_ACTIVITY,
		/** Calls an activity whose first {@code count} attempts take too long. */
		SLOW_ACTIVITY,
		/** Calls an activity with heartbeats, which fails {@code count} times. */
		BEATING_ACTIVITY,
		/** Calls an activity that has {@code millis} from being scheduled to its end. */
		HURRIED_ACTIVITY,
		/** Does its steps at the same time and waits for all. */
		ALL,
		/** Does its steps at the same time and waits for the first. */
		ANY,
		/** Does its steps {@code count} times. */
		LOOP,
		/** Sleeps for {@code millis}. */
		SLEEP,
		/** Waits for {@code count} signals, {@code millis} at most. */
		AWAIT,
		/** Records a value. */
		SIDE_EFFECT,
		/** Draws a random number. */
		RANDOM,
		/** Asks for patch {@code count}. */
		PATCH,
		/** Does its steps in a scope that is cancelled after {@code millis}. */
		CANCEL,
		/** Does its steps where no cancellation reaches. */
		DETACHED,
		/**
		 * Has a child that does its steps, or nothing until it is stopped. {@code count}
		 * is the parent close policy, {@code millis} what cancellation means.
		 */
		CHILD,
		/** Signals workflow {@code count}, and may ask it to stop. */
		TELL,
		/** Waits until it is stopped. */
		FOREVER,
		/** Fails the workflow. */
		FAIL

	}

}
