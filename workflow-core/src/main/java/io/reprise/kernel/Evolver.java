package io.reprise.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

import io.reprise.WorkflowStatus;
import io.reprise.kernel.RunState.PendingActivity;
import io.reprise.kernel.RunState.PendingTimer;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourAnswer;
import io.reprise.protocol.NeighbourRequest;
import io.reprise.protocol.RaceOutcome;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.UpdateRequest;
import org.jspecify.annotations.Nullable;

/**
 * Folds events into a state. Collections are copied at their first change, so a fold of
 * many events copies each once.
 * <p>
 * Events were decided before they were recorded: one that does not fit is a bug, and
 * throws.
 */
final class Evolver {

	private static final SequencedMap<String, Long> NO_UPDATES = Frozen.own(new LinkedHashMap<>(0));

	private final ExecutionKey key;

	private String workflowType = "";

	private String taskQueue = "";

	private String startRequestId = "";

	private WorkflowStatus status = WorkflowStatus.RUNNING;

	private Instant startTime = Instant.EPOCH;

	private @Nullable Instant closeTime;

	private long lastEventId;

	private long lastMarkerId;

	private long seenUpTo;

	private Instant markerTime = Instant.EPOCH;

	private boolean cancelRequested;

	private SequencedMap<Integer, PendingActivity> activities = new LinkedHashMap<>();

	private SequencedMap<Integer, PendingTimer> timers = new LinkedHashMap<>();

	private List<RecordedEvent> unseen = new ArrayList<>();

	private SequencedSet<String> requestIds = new LinkedHashSet<>();

	private int signalCount;

	private HistoryEvent.@Nullable WorkflowStarted withTerms;

	private SequencedMap<String, Long> updates = NO_UPDATES;

	private Neighbours neighbours = Neighbours.NONE;

	/** Made when something about neighbours changes. */
	private @Nullable NeighbourFold neighbourFold;

	private Evolver(ExecutionKey key) {
		this.key = key;
	}

	private Evolver(RunState state) {
		key = state.key();
		workflowType = state.workflowType();
		taskQueue = state.taskQueue();
		startRequestId = state.startRequestId();
		status = state.status();
		startTime = state.startTime();
		closeTime = state.closeTime();
		lastEventId = state.lastEventId();
		lastMarkerId = state.lastMarkerId();
		seenUpTo = state.seenUpTo();
		markerTime = state.markerTime();
		cancelRequested = state.cancelRequested();
		activities = state.activities();
		timers = state.timers();
		unseen = state.unseen();
		requestIds = state.requestIds();
		signalCount = state.signalCount();
		withTerms = state.started();
		updates = state.updates();
		neighbours = state.neighbours();
	}

	static RunState create(ExecutionKey key, List<RecordedEvent> events) {
		if (events.isEmpty()) {
			throw new IllegalStateException("Expected a history of " + key + " to fold, but it has no events");
		}
		return new Evolver(key).applyAll(events).build();
	}

	static RunState evolve(RunState state, List<RecordedEvent> events) {
		return events.isEmpty() ? state : new Evolver(state).applyAll(events).build();
	}

	private Evolver applyAll(List<RecordedEvent> events) {
		for (RecordedEvent event : events) {
			apply(event);
		}
		return this;
	}

	private void apply(RecordedEvent recorded) {
		HistoryEvent event = recorded.event();
		require(recorded.id() == lastEventId + 1, recorded, "the id " + (lastEventId + 1));
		require(!status.isClosed(), recorded, "no event after the run closed as " + status.displayName());
		require((event instanceof HistoryEvent.WorkflowStarted) == (recorded.id() == 1), recorded,
				"WorkflowStarted to be the first event and no other");
		lastEventId = recorded.id();
		switch (event) {
			case HistoryEvent.Closing closing -> close(closing, recorded.time());
			case HistoryEvent.Input input -> {
				settle(input, recorded);
				mutableUnseen().add(recorded);
			}
			case HistoryEvent.WorkflowTaskCompleted marker -> completeTurn(marker, recorded);
			case HistoryEvent.ActivityScheduled scheduled -> schedule(scheduled, recorded);
			case HistoryEvent.ActivityCancelRequested cancel -> {
				if (cancel.outcome() == RaceOutcome.APPLIED) {
					removeActivity(cancel.activityId(), recorded);
				}
			}
			case HistoryEvent.TimerStarted started -> startTimer(started.timerId(), started.fireAt(), recorded);
			case HistoryEvent.TimerCanceled cancel -> {
				if (cancel.outcome() == RaceOutcome.APPLIED) {
					removeTimer(cancel.timerId(), recorded);
				}
			}
			case HistoryEvent.LocalActivityEvent local -> settleLocal(local, recorded);
			case HistoryEvent.UpdateCompleted completed -> require(
					Long.valueOf(RunState.OPEN_UPDATE)
						.equals(mutableUpdates().put(completed.updateId(), recorded.id())),
					recorded, "an update that was accepted and is open");
			case NeighbourRequest request -> require(neighbourFold().request(recorded.id(), request), recorded,
					"a number of its own for " + request.getClass().getSimpleName());
			case HistoryEvent.SideEffectRecorded ignored -> {
			}
			case HistoryEvent.PatchRecorded ignored -> {
			}
			case HistoryEvent.InputSkipped ignored -> {
			}
		}
	}

	private void settle(HistoryEvent.Input input, RecordedEvent recorded) {
		switch (input) {
			case HistoryEvent.WorkflowStarted started -> {
				workflowType = started.workflowType();
				taskQueue = started.taskQueue();
				startRequestId = started.requestId();
				startTime = recorded.time();
				markerTime = recorded.time();
				if (started.terms() != null) {
					withTerms = started;
					if (started.terms().chain() != null) {
						mutableRequestIds().addAll(started.terms().chain().requestIds());
					}
				}
				if (started.parent() != null) {
					neighbourFold().childOf(started.parent());
				}
			}
			case HistoryEvent.WorkflowSignaled signaled -> {
				mutableRequestIds().add(signaled.requestId());
				signalCount++;
			}
			case HistoryEvent.WorkflowCancelRequested cancel -> {
				mutableRequestIds().add(cancel.requestId());
				cancelRequested = true;
			}
			case HistoryEvent.ActivityCompleted completed -> removeActivity(completed.activityId(), recorded);
			case HistoryEvent.ActivityFailed failed -> removeActivity(failed.activityId(), recorded);
			case HistoryEvent.ActivityTimedOut timedOut -> removeActivity(timedOut.activityId(), recorded);
			case HistoryEvent.TimerFired fired -> removeTimer(fired.timerId(), recorded);
			case NeighbourAnswer answer -> require(neighbourFold().answer(answer), recorded,
					"request " + answer.number() + " to wait for an answer");
			case HistoryEvent.TurnContinued ignored -> {
			}
		}
	}

	private void completeTurn(HistoryEvent.WorkflowTaskCompleted marker, RecordedEvent recorded) {
		require(marker.seenUpTo() >= seenUpTo && marker.seenUpTo() < recorded.id(), recorded,
				"a turn to have seen events before its marker, from " + seenUpTo + " on");
		lastMarkerId = recorded.id();
		seenUpTo = marker.seenUpTo();
		markerTime = marker.time();
		unseen = new ArrayList<>(unseen.stream().filter(input -> input.id() > marker.seenUpTo()).toList());
		for (UpdateRequest update : marker.updates()) {
			require(mutableUpdates().put(update.updateId(), RunState.OPEN_UPDATE) == null, recorded,
					"an update id of its own");
		}
	}

	private void schedule(HistoryEvent.ActivityScheduled scheduled, RecordedEvent recorded) {
		PendingActivity activity = new PendingActivity(scheduled.activityId(), scheduled.activityType(),
				scheduled.arguments(), scheduled.policy(), recorded.time());
		require(mutableActivities().put(activity.activityId(), activity) == null, recorded,
				"an activity id of its own");
	}

	private void startTimer(int timerId, Instant fireAt, RecordedEvent recorded) {
		require(mutableTimers().put(timerId, new PendingTimer(timerId, fireAt)) == null, recorded,
				"a timer id of its own");
	}

	private void settleLocal(HistoryEvent.LocalActivityEvent local, RecordedEvent recorded) {
		if (local instanceof HistoryEvent.LocalActivityOutcome outcome) {
			markerTime = Times.later(markerTime, outcome.time());
		}
		switch (local) {
			case HistoryEvent.LocalActivityBackedOff backedOff ->
				startTimer(backedOff.activityId(), backedOff.retryAt(), recorded);
			case HistoryEvent.LocalActivityCanceled canceled -> {
				// Whether it waited for a timer, and whether that has fired, does not
				// matter.
				if (timers.containsKey(canceled.activityId())) {
					mutableTimers().remove(canceled.activityId());
				}
			}
			case HistoryEvent.LocalActivityCompleted ignored -> {
			}
			case HistoryEvent.LocalActivityFailed ignored -> {
			}
		}
	}

	/** What was pending dies with the run; only the request ids are of use later. */
	private void close(HistoryEvent.Closing closing, Instant time) {
		status = switch (closing) {
			case HistoryEvent.WorkflowCompleted ignored -> WorkflowStatus.COMPLETED;
			case HistoryEvent.WorkflowFailed ignored -> WorkflowStatus.FAILED;
			case HistoryEvent.WorkflowCanceled ignored -> WorkflowStatus.CANCELED;
			case HistoryEvent.WorkflowTerminated ignored -> WorkflowStatus.TERMINATED;
			case HistoryEvent.WorkflowContinuedAsNew ignored -> WorkflowStatus.CONTINUED_AS_NEW;
			case HistoryEvent.WorkflowTimedOut ignored -> WorkflowStatus.TIMED_OUT;
		};
		closeTime = time;
		activities = new LinkedHashMap<>();
		timers = new LinkedHashMap<>();
		unseen = new ArrayList<>();
		if (neighbours != Neighbours.NONE || neighbourFold != null) {
			neighbourFold().close(closing, lastMarkerId);
		}
	}

	private NeighbourFold neighbourFold() {
		NeighbourFold fold = neighbourFold;
		if (fold == null) {
			fold = new NeighbourFold(neighbours);
			neighbourFold = fold;
		}
		return fold;
	}

	private void removeActivity(int activityId, RecordedEvent recorded) {
		require(mutableActivities().remove(activityId) != null, recorded, "activity " + activityId + " to be pending");
	}

	private void removeTimer(int timerId, RecordedEvent recorded) {
		require(mutableTimers().remove(timerId) != null, recorded, "timer " + timerId + " to be pending");
	}

	private void require(boolean condition, RecordedEvent recorded, String expected) {
		if (!condition) {
			throw new IllegalStateException("Expected " + expected + ", but event " + recorded.id() + " of " + key
					+ " is a " + recorded.event().getClass().getSimpleName()
					+ "; the history is damaged or the kernel has a bug");
		}
	}

	private SequencedMap<Integer, PendingActivity> mutableActivities() {
		if (!(activities instanceof LinkedHashMap)) {
			activities = new LinkedHashMap<>(activities);
		}
		return activities;
	}

	private SequencedMap<Integer, PendingTimer> mutableTimers() {
		if (!(timers instanceof LinkedHashMap)) {
			timers = new LinkedHashMap<>(timers);
		}
		return timers;
	}

	private SequencedSet<String> mutableRequestIds() {
		if (!(requestIds instanceof LinkedHashSet)) {
			requestIds = new LinkedHashSet<>(requestIds);
		}
		return requestIds;
	}

	private SequencedMap<String, Long> mutableUpdates() {
		if (!(updates instanceof LinkedHashMap)) {
			updates = new LinkedHashMap<>(updates);
		}
		return updates;
	}

	private List<RecordedEvent> mutableUnseen() {
		if (!(unseen instanceof ArrayList)) {
			unseen = new ArrayList<>(unseen);
		}
		return unseen;
	}

	private RunState build() {
		if (activities instanceof LinkedHashMap<Integer, PendingActivity> own) {
			activities = Frozen.own(own);
		}
		if (timers instanceof LinkedHashMap<Integer, PendingTimer> own) {
			timers = Frozen.own(own);
		}
		if (requestIds instanceof LinkedHashSet<String> own) {
			requestIds = Frozen.own(own);
		}
		if (updates instanceof LinkedHashMap<String, Long> own) {
			updates = Frozen.own(own);
		}
		return new RunState(key, workflowType, taskQueue, startRequestId, status, startTime, closeTime, lastEventId,
				lastMarkerId, seenUpTo, markerTime, cancelRequested, activities, timers, unseen, requestIds,
				signalCount, withTerms, updates, (neighbourFold != null) ? neighbourFold.build() : neighbours);
	}

}
