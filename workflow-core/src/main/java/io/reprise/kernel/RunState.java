package io.reprise.kernel;

import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

import io.reprise.WorkflowStatus;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Fold of a history. Equal histories give equal states.
 *
 * @param key the run
 * @param workflowType name of its type
 * @param taskQueue the queue its tasks travel by
 * @param startRequestId recognises the same start sent twice
 * @param status where it stands
 * @param startTime when it was started
 * @param closeTime when it ended, or {@code null}
 * @param lastEventId id of the last event
 * @param lastMarkerId id of the last turn's marker, 0 before the first
 * @param seenUpTo id of the last input that a turn has seen
 * @param markerTime what {@code now()} said in the last turn; the start time before the
 * first
 * @param cancelRequested whether cancellation was asked for
 * @param activities activities without a result, by activity id
 * @param timers timers that have not fired, by timer id
 * @param unseen inputs that no turn has seen, in order of id
 * @param requestIds request ids of all messages
 * @param signalCount number of signals
 * @param started the first event, if it has terms, which what follows from it needs; else
 * {@code null}
 * @param updates accepted updates: the id of the event that completed each, 0 while its
 * handler is at work
 * @param neighbours what it has to do with other runs
 */
public record RunState(ExecutionKey key, String workflowType, String taskQueue, String startRequestId,
		WorkflowStatus status, Instant startTime, @Nullable Instant closeTime, long lastEventId, long lastMarkerId,
		long seenUpTo, Instant markerTime, boolean cancelRequested, SequencedMap<Integer, PendingActivity> activities,
		SequencedMap<Integer, PendingTimer> timers, List<RecordedEvent> unseen, SequencedSet<String> requestIds,
		int signalCount, HistoryEvent.@Nullable WorkflowStarted started, SequencedMap<String, Long> updates,
		Neighbours neighbours) {

	/** The handler of an update is at work. */
	static final long OPEN_UPDATE = 0;

	public RunState {
		activities = Frozen.copyOf(activities);
		timers = Frozen.copyOf(timers);
		unseen = List.copyOf(unseen);
		requestIds = Frozen.copyOf(requestIds);
		updates = Frozen.copyOf(updates);
	}

	/**
	 * Whether an update was accepted, whatever came of it.
	 * @param updateId the update
	 * @return {@code true} if so
	 */
	public boolean hasUpdate(String updateId) {
		return updates.containsKey(updateId);
	}

	/**
	 * The event that says what an update came to.
	 * @param updateId the update
	 * @return its id, 0 if there is none
	 */
	public long updateCompletedBy(String updateId) {
		return updates.getOrDefault(updateId, OPEN_UPDATE);
	}

	public boolean isClosed() {
		return status.isClosed();
	}

	/**
	 * Whether a turn that has seen the inputs up to an id has overlooked a message.
	 * @param seen id of the last input it has seen
	 * @return {@code true} if so
	 */
	boolean hasMessageAfter(long seen) {
		return unseen.stream().anyMatch(input -> input.id() > seen && input.event() instanceof HistoryEvent.Message);
	}

	boolean isUnseen(long inputId) {
		return unseen.stream().anyMatch(input -> input.id() == inputId);
	}

	PendingActivity requireActivity(int activityId) {
		PendingActivity activity = activities.get(activityId);
		if (activity == null) {
			throw new IllegalStateException("Expected activity " + activityId + " of " + key
					+ " to be pending, but it is settled or was never scheduled; whoever asked has a bug");
		}
		return activity;
	}

	/**
	 * An activity without a result.
	 *
	 * @param activityId its number within the run
	 * @param activityType its name
	 * @param arguments its arguments
	 * @param policy time-outs and retries
	 * @param scheduledAt when it was scheduled
	 */
	public record PendingActivity(int activityId, String activityType, Payload arguments, ActivityPolicy policy,
			Instant scheduledAt) {

	}

	/**
	 * A timer that has not fired.
	 *
	 * @param timerId its number within the run
	 * @param fireAt when it is due
	 */
	public record PendingTimer(int timerId, Instant fireAt) {

	}

}
