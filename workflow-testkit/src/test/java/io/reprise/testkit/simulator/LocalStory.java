package io.reprise.testkit.simulator;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.LocalAttempt;
import io.reprise.protocol.RecordedEvent;

/**
 * What a run's history says of its local activities.
 */
final class LocalStory {

	private final RunStory run;

	private final Map<Integer, String> types = new HashMap<>();

	private final Map<Integer, Integer> failed = new HashMap<>();

	/** When those that wait for a timer are due. */
	private final Map<Integer, Instant> backedOff = new HashMap<>();

	LocalStory(RunStory run) {
		this.run = run;
	}

	int failedAttempts(int activityId) {
		return failed.getOrDefault(activityId, 0);
	}

	void append(HistoryEvent.LocalActivityEvent event, RecordedEvent recorded) {
		know(event.activityId(), event.activityType(), recorded);
		if (event instanceof HistoryEvent.LocalActivityOutcome outcome) {
			run.advance(outcome.time());
			run.require(!backedOff.containsKey(event.activityId()), "its local activity does not wait", recorded);
		}
		switch (event) {
			case HistoryEvent.LocalActivityCompleted completed -> settle(completed, completed.attempt(), recorded);
			case HistoryEvent.LocalActivityFailed failure -> settle(failure, failure.attempt(), recorded);
			case HistoryEvent.LocalActivityBackedOff back -> {
				run.require(!run.isSettled(back.activityId()), "its local activity has no result yet", recorded);
				run.require(back.attempt() > failedAttempts(back.activityId()), "its attempts rise", recorded);
				failed.put(back.activityId(), back.attempt());
				backedOff.put(back.activityId(), back.retryAt());
			}
			case HistoryEvent.LocalActivityCanceled canceled -> {
				run.require(run.settle(canceled.activityId()), "its local activity has no result yet", recorded);
				backedOff.remove(canceled.activityId());
			}
		}
	}

	private void settle(HistoryEvent.LocalActivityEvent event, int attempt, RecordedEvent recorded) {
		run.require(run.settle(event.activityId()), "its local activity has no result yet", recorded);
		run.require(attempt > failedAttempts(event.activityId()), "its attempts rise", recorded);
	}

	private void know(int activityId, String type, RecordedEvent recorded) {
		String known = types.putIfAbsent(activityId, type);
		run.require((known != null) ? known.equals(type) : run.isNew(activityId), "its number is new or its own",
				recorded);
	}

	/** A turn was handed in with these under way. */
	void goOn(HistoryEvent.TurnContinued continued, RecordedEvent recorded) {
		run.require(!continued.underWay().isEmpty(), "something is under way", recorded);
		for (LocalAttempt attempt : continued.underWay()) {
			know(attempt.activityId(), attempt.activityType(), recorded);
			run.require(!run.isSettled(attempt.activityId()) && !backedOff.containsKey(attempt.activityId()),
					"it is under way", attempt);
			run.require(attempt.attempt() > failedAttempts(attempt.activityId()), "its attempts rise", attempt);
		}
	}

	/** Takes a timer if it is one of a local activity. */
	boolean fire(int number, RecordedEvent recorded, Instant now) {
		Instant due = backedOff.remove(number);
		run.require(due == null || !now.isBefore(due), "its local activity is tried again at " + due, recorded);
		return due != null;
	}

}
