package io.reprise.replay;

import org.jspecify.annotations.Nullable;

/**
 * Runs the local activities of one machine. Attempts go on between turns. Called by the
 * thread that drives the machine.
 */
public interface LocalActivities {

	/** For machines that only replay. */
	LocalActivities NONE = new LocalActivities() {

		@Override
		public void start(LocalCall call) {
			throw new IllegalStateException("Expected somebody to run local activity " + call.activityType()
					+ ", but this machine only replays");
		}

		@Override
		public @Nullable LocalOutcome next(boolean patient) {
			return null;
		}

		@Override
		public int attempt(int activityId) {
			return 0;
		}

		@Override
		public void cancel(int activityId) {
			// None runs.
		}

		@Override
		public boolean isTurnWanted() {
			return true;
		}

	};

	/**
	 * Begins with an activity. Its outcome comes from {@link #next}.
	 * @param call the activity
	 */
	void start(LocalCall call);

	/**
	 * The next outcome of an activity that was begun.
	 * @param patient whether to wait for one, though not for too long
	 * @return the outcome, or {@code null} if the turn shall end without
	 */
	@Nullable LocalOutcome next(boolean patient);

	/**
	 * The attempt that an activity is at.
	 * @param activityId the activity
	 * @return the number of the attempt, or 0 if the activity is not under way
	 */
	int attempt(int activityId);

	/**
	 * Nobody waits for an activity any more; it has no outcome.
	 * @param activityId the activity, which need not be under way
	 */
	void cancel(int activityId);

	/**
	 * Whether a turn shall be handed in although nothing has come of it.
	 * @return {@code true} if something else waits for it
	 */
	boolean isTurnWanted();

}
