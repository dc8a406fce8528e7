package io.reprise.kernel;

import java.time.Instant;

import io.reprise.protocol.TaskToken;

/**
 * What is to be done after a change is durable. Derived from the run before and after it,
 * so that it can be derived again after a crash.
 */
public sealed interface Effect {

	/**
	 * Ask a worker for a turn.
	 *
	 * @param token which turn
	 */
	record DispatchTask(TaskToken token) implements Effect {

	}

	/**
	 * Ask a worker for an attempt of an activity.
	 *
	 * @param activityId the activity
	 * @param attempt the attempt
	 */
	record DispatchActivity(int activityId, int attempt) implements Effect {

	}

	/**
	 * Tell the worker that nobody waits for an activity any more.
	 *
	 * @param activityId the activity
	 */
	record CancelActivity(int activityId) implements Effect {

	}

	/**
	 * See to the run again at a time.
	 *
	 * @param dueAt when
	 */
	record WakeAt(Instant dueAt) implements Effect {

	}

	/**
	 * Tell those who wait for the run's end.
	 */
	record AnnounceClosed() implements Effect {

	}

	/**
	 * Something to tell another run.
	 */
	sealed interface Errand extends Effect {

	}

	/**
	 * Start a child.
	 *
	 * @param childId the child
	 */
	record StartChild(int childId) implements Errand {

	}

	/**
	 * Send a signal, or a request to stop.
	 *
	 * @param number the message
	 */
	record SendMessage(int number) implements Errand {

	}

	/**
	 * Do with a child what the end of its parent means for it.
	 *
	 * @param childId the child
	 */
	record CloseChild(int childId) implements Errand {

	}

	/**
	 * Tell the parent how its child has ended.
	 */
	record TellParent() implements Errand {

	}

}
