package io.reprise.protocol;

import io.reprise.IdReusePolicy;
import io.reprise.ParentClosePolicy;
import org.jspecify.annotations.Nullable;

/**
 * What the workflow asked of another run: one that is to be its child, or any other. The
 * answer is a {@link NeighbourAnswer} of the same number.
 */
public sealed interface NeighbourRequest extends HistoryEvent.CommandEvent {

	/**
	 * Number within the run, of the counter that activities and timers have.
	 * @return the number
	 */
	int number();

	/**
	 * The other workflow.
	 * @return its id
	 */
	String workflowId();

	/**
	 * The other run.
	 * @return its id, or "" for whichever is open
	 */
	String runId();

	/**
	 * A message to a run that exists already.
	 */
	sealed interface Message extends NeighbourRequest {

		/**
		 * The child that it is for, which may have yet to be started.
		 * @return the child's number, or 0 if it is for no child
		 */
		int childId();

	}

	/**
	 * The workflow asked for a child.
	 *
	 * @param childId its number within the run
	 * @param workflowId the child's workflow id
	 * @param runId the child's run
	 * @param workflowType name of its type
	 * @param taskQueue the queue its tasks travel by
	 * @param arguments its arguments
	 * @param parentClosePolicy what becomes of it when this run ends first
	 * @param idReusePolicy when the id belongs to a closed run
	 */
	record StartChildWorkflowInitiated(int childId, String workflowId, String runId, String workflowType,
			String taskQueue, Payload arguments, ParentClosePolicy parentClosePolicy,
			IdReusePolicy idReusePolicy) implements NeighbourRequest {

		@Override
		public int number() {
			return childId;
		}

	}

	/**
	 * The workflow sent a signal.
	 *
	 * @param number its number within the run
	 * @param childId the child that it is for, or 0
	 * @param workflowId the other workflow
	 * @param runId the other run, or ""
	 * @param name name of the signal
	 * @param arguments its arguments
	 */
	record SignalExternalInitiated(int number, int childId, String workflowId, String runId, String name,
			Payload arguments) implements Message {

	}

	/**
	 * The workflow asked another to stop.
	 *
	 * @param number its number within the run
	 * @param childId the child that it is for, or 0
	 * @param workflowId the other workflow
	 * @param runId the other run, or ""
	 * @param reason why
	 */
	record CancelExternalInitiated(int number, int childId, String workflowId, String runId,
			@Nullable String reason) implements Message {

	}

}
