package io.reprise.protocol;

/**
 * What another run answered to a {@link NeighbourRequest}.
 */
public sealed interface NeighbourAnswer extends HistoryEvent.Resolution {

	/**
	 * Number of the request.
	 * @return the number
	 */
	int number();

	/**
	 * How a child ended.
	 */
	sealed interface ChildEnd extends NeighbourAnswer {

		/**
		 * The child's number within the run.
		 * @return the number
		 */
		int childId();

		@Override
		default int number() {
			return childId();
		}

	}

	/**
	 * A child was started.
	 *
	 * @param childId its number within the run
	 * @param runId its run
	 */
	record ChildWorkflowStarted(int childId, String runId) implements NeighbourAnswer {

		@Override
		public int number() {
			return childId;
		}

	}

	/**
	 * A child could not be started.
	 *
	 * @param childId its number within the run
	 * @param failure why
	 */
	record ChildWorkflowStartFailed(int childId, Failure failure) implements NeighbourAnswer {

		@Override
		public int number() {
			return childId;
		}

	}

	/**
	 * A child returned.
	 *
	 * @param childId its number within the run
	 * @param result its result
	 */
	record ChildWorkflowCompleted(int childId, Payload result) implements ChildEnd {

	}

	/**
	 * A child failed.
	 *
	 * @param childId its number within the run
	 * @param failure with what
	 */
	record ChildWorkflowFailed(int childId, Failure failure) implements ChildEnd {

	}

	/**
	 * A child stopped as it was asked to.
	 *
	 * @param childId its number within the run
	 * @param failure what it stopped with
	 */
	record ChildWorkflowCanceled(int childId, Failure.Canceled failure) implements ChildEnd {

	}

	/**
	 * A child ran out of time.
	 *
	 * @param childId its number within the run
	 * @param failure which time
	 */
	record ChildWorkflowTimedOut(int childId, Failure.Timeout failure) implements ChildEnd {

	}

	/**
	 * An operator ended a child.
	 *
	 * @param childId its number within the run
	 * @param reason why
	 */
	record ChildWorkflowTerminated(int childId, String reason) implements ChildEnd {

	}

	/**
	 * A signal is durable.
	 *
	 * @param number the signal's number within the run
	 */
	record ExternalSignaled(int number) implements NeighbourAnswer {

	}

	/**
	 * A signal could not be delivered.
	 *
	 * @param number the signal's number within the run
	 * @param failure why
	 */
	record SignalExternalFailed(int number, Failure failure) implements NeighbourAnswer {

	}

	/**
	 * A request to stop is durable.
	 *
	 * @param number the request's number within the run
	 */
	record ExternalCancelRequested(int number) implements NeighbourAnswer {

	}

	/**
	 * A request to stop could not be delivered.
	 *
	 * @param number the request's number within the run
	 * @param failure why
	 */
	record CancelExternalFailed(int number, Failure failure) implements NeighbourAnswer {

	}

}
