package io.reprise.testkit.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.reprise.Lifetime;
import io.reprise.TimeoutType;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourAnswer;
import io.reprise.protocol.NeighbourRequest;
import io.reprise.protocol.RaceOutcome;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.RunChain;
import io.reprise.protocol.RunTerms;
import io.reprise.protocol.UpdateRequest;
import org.jspecify.annotations.Nullable;

/**
 * What was committed of one run, read event by event by somebody who does not know the
 * kernel: a second opinion on what may follow what.
 */
final class RunStory {

	private final ExecutionKey key;

	private final List<RecordedEvent> events = new ArrayList<>();

	private final Map<Integer, RecordedEvent> activities = new HashMap<>();

	private final Map<Integer, Instant> timers = new HashMap<>();

	private final LocalStory locals = new LocalStory(this);

	private final NeighbourStory neighbours = new NeighbourStory();

	private final Set<Integer> settled = new HashSet<>();

	private final Set<String> requestIds = new HashSet<>();

	/** Accepted updates, and whether they have an outcome. */
	private final Map<String, Boolean> updates = new HashMap<>();

	private final List<String> signals = new ArrayList<>();

	private Instant begins = Instant.MIN;

	private long seenUpTo;

	private long lastMarkerId;

	private Instant markerTime = Instant.MIN;

	private @Nullable HistoryEvent closing;

	private @Nullable RunTerms terms;

	private List<String> heardBefore = List.of();

	RunStory(ExecutionKey key) {
		this.key = key;
	}

	@Nullable RunChain chain() {
		return (terms != null) ? terms.chain() : null;
	}

	/** Whether its end may leave messages unseen. */
	boolean endsUnseen() {
		return closing instanceof HistoryEvent.WorkflowTerminated || closing instanceof HistoryEvent.WorkflowTimedOut
				|| (closing instanceof HistoryEvent.WorkflowCanceled && lastMarkerId == 0);
	}

	/** Whether another run follows. */
	boolean isContinued() {
		return closing instanceof HistoryEvent.Closing closed && closed.nextRunId() != null;
	}

	/** Labels of the signals that runs before it have heard. */
	List<String> heardBefore() {
		return heardBefore;
	}

	/**
	 * It follows another run: all that one has not seen is what it begins with.
	 * @param before the run before
	 */
	void follow(RunStory before) {
		RunChain chain = Objects.requireNonNull(chain());
		require(before.isClosed() && key.runId().equals(((HistoryEvent.Closing) before.closing).nextRunId()),
				"the run before names it", String.valueOf(before.closing));
		require(chain.firstRunId().equals((before.chain() != null) ? before.chain().firstRunId() : before.key.runId()),
				"it knows the first run", chain);
		List<HistoryEvent> carried = events.stream()
			.skip(1)
			.takeWhile((event) -> event.event() instanceof HistoryEvent.Message message
					&& before.requestIds.contains(message.requestId()))
			.map(RecordedEvent::event)
			.toList();
		List<HistoryEvent> messages = before.events.stream()
			.map(RecordedEvent::event)
			.filter(HistoryEvent.Message.class::isInstance)
			.toList();
		int unseen = (int) before.events.stream()
			.filter((event) -> event.id() > before.seenUpTo && event.event() instanceof HistoryEvent.Message)
			.count();
		require(carried.size() >= unseen
				&& messages.subList(messages.size() - carried.size(), messages.size()).equals(carried),
				"it begins with the messages that the run before has not seen", carried);
		if (before.closing instanceof HistoryEvent.WorkflowContinuedAsNew) {
			List<String> heard = new ArrayList<>(before.heardBefore);
			heard.addAll(before.signals);
			carried.stream()
				.filter(HistoryEvent.WorkflowSignaled.class::isInstance)
				.forEach((message) -> heard.remove(label((HistoryEvent.WorkflowSignaled) message)));
			heardBefore = heard;
		}
		else {
			heardBefore = before.heardBefore;
		}
	}

	ExecutionKey key() {
		return key;
	}

	List<RecordedEvent> events() {
		return events;
	}

	long lastEventId() {
		return events.size();
	}

	boolean isClosed() {
		return closing != null;
	}

	@Nullable HistoryEvent closing() {
		return closing;
	}

	NeighbourStory neighbours() {
		return neighbours;
	}

	boolean hasCancel(String requestId) {
		return requestIds.contains(requestId);
	}

	boolean hasSignal(String label) {
		return signals.contains(label);
	}

	/** Whether a turn was given the signal. */
	boolean hasSeen(String label) {
		return events.stream()
			.anyMatch(event -> event.id() <= seenUpTo && event.event() instanceof HistoryEvent.WorkflowSignaled signaled
					&& label(signaled).equals(label));
	}

	long lastMarkerId() {
		return lastMarkerId;
	}

	/** Labels of the signals, in order. */
	List<String> signals() {
		return signals;
	}

	HistoryEvent.@Nullable ActivityScheduled scheduled(int activityId) {
		RecordedEvent scheduled = activities.get(activityId);
		return (scheduled != null) ? (HistoryEvent.ActivityScheduled) scheduled.event() : null;
	}

	/** Attempts of a local activity that are recorded as failed. */
	int failedAttempts(int activityId) {
		return locals.failedAttempts(activityId);
	}

	boolean isSettled(int activityId) {
		return settled.contains(activityId) || closing != null;
	}

	/** A number that was never used before. */
	boolean isNew(int number) {
		return !activities.containsKey(number) && !timers.containsKey(number);
	}

	boolean settle(int number) {
		return settled.add(number);
	}

	void advance(Instant time) {
		markerTime = time.isAfter(markerTime) ? time : markerTime;
	}

	/**
	 * Takes the next event.
	 * @param recorded the event
	 * @param now the time of the store at its commit
	 * @throws Contradiction if it cannot follow
	 */
	void append(RecordedEvent recorded, Instant now) {
		require(recorded.id() == lastEventId() + 1, "its id follows " + lastEventId(), recorded);
		require(closing == null, "the run is open", recorded);
		require(!recorded.time().isAfter(now), "its time has come, it being " + now, recorded);
		require((recorded.id() == 1) == (recorded.event() instanceof HistoryEvent.WorkflowStarted),
				"a history begins with its start", recorded);
		switch (recorded.event()) {
			case HistoryEvent.Message message ->
				require(requestIds.add(message.requestId()), "request " + message.requestId() + " is new", recorded);
			case HistoryEvent.WorkflowStarted started -> {
				terms = started.terms();
				begins = (terms != null && terms.firstTurnAt() != null && terms.firstTurnAt().isAfter(recorded.time()))
						? terms.firstTurnAt() : recorded.time();
			}
			case HistoryEvent.ActivityCompleted completed -> settleActivity(completed.activityId(), recorded);
			case HistoryEvent.ActivityFailed failed -> settleActivity(failed.activityId(), recorded);
			case HistoryEvent.ActivityTimedOut timedOut -> timeOut(timedOut, recorded, now);
			case HistoryEvent.TimerFired fired -> {
				if (!locals.fire(fired.timerId(), recorded, now)) {
					fire(fired.timerId(), recorded, now);
				}
			}
			case HistoryEvent.TurnContinued continued -> {
				HistoryEvent before = events.getLast().event();
				require(before instanceof HistoryEvent.CommandEvent
						|| before instanceof HistoryEvent.WorkflowTaskCompleted, "a turn ends here", recorded);
				locals.goOn(continued, recorded);
			}
			case HistoryEvent.LocalActivityEvent local -> locals.append(local, recorded);
			case HistoryEvent.WorkflowTaskCompleted marker -> {
				require(!now.isBefore(begins), "it begins at " + begins + ", it being " + now, recorded);
				turn(marker, recorded);
			}
			case HistoryEvent.ActivityScheduled scheduled ->
				require(activities.put(scheduled.activityId(), recorded) == null
						&& !timers.containsKey(scheduled.activityId()), "its number is new", recorded);
			case HistoryEvent.TimerStarted timer ->
				require(timers.put(timer.timerId(), timer.fireAt()) == null && !activities.containsKey(timer.timerId()),
						"its number is new", recorded);
			case HistoryEvent.ActivityCancelRequested cancel -> {
				if (cancel.outcome() == RaceOutcome.APPLIED) {
					settleActivity(cancel.activityId(), recorded);
				}
			}
			case HistoryEvent.TimerCanceled cancel -> {
				if (cancel.outcome() == RaceOutcome.APPLIED) {
					require(timers.containsKey(cancel.timerId()) && settled.add(cancel.timerId()), "its timer runs",
							recorded);
				}
			}
			case NeighbourRequest request ->
				require(neighbours.ask(request) && isNew(request.number()), "its number is new", recorded);
			case NeighbourAnswer answer ->
				require(neighbours.answer(answer), "its request has no answer yet", recorded);
			case HistoryEvent.SideEffectRecorded sideEffect -> {
			}
			case HistoryEvent.PatchRecorded patch -> {
			}
			case HistoryEvent.UpdateCompleted completed ->
				require(Boolean.FALSE.equals(updates.put(completed.updateId(), true)) && completed.failure() == null,
						"its update was accepted and has no outcome yet", recorded);
			case HistoryEvent.InputSkipped skipped ->
				require(false, "every input of the simulation can be read", recorded);
			case HistoryEvent.WorkflowTimedOut timedOut -> {
				expire(timedOut, recorded, now);
				close(timedOut, recorded);
			}
			case HistoryEvent.Closing closed -> close(closed, recorded);
		}
		if (recorded.event() instanceof HistoryEvent.WorkflowSignaled signaled) {
			String label = label(signaled);
			require(!signals.contains(label), "signal " + label + " is new", recorded);
			signals.add(label);
		}
		events.add(recorded);
	}

	/** The first argument of the simulation's signals. */
	private static String label(HistoryEvent.WorkflowSignaled signaled) {
		String arguments = new String(signaled.arguments().data(), StandardCharsets.UTF_8);
		return arguments.substring(2, arguments.indexOf('"', 2));
	}

	private void settleActivity(int activityId, RecordedEvent recorded) {
		require(activities.containsKey(activityId), "its activity was scheduled", recorded);
		require(settled.add(activityId), "its activity has no result yet", recorded);
	}

	private void timeOut(HistoryEvent.ActivityTimedOut timedOut, RecordedEvent recorded, Instant now) {
		settleActivity(timedOut.activityId(), recorded);
		Failure.Timeout failure = timedOut.failure();
		RecordedEvent scheduled = activities.get(timedOut.activityId());
		var limit = ((HistoryEvent.ActivityScheduled) scheduled.event()).policy().scheduleToClose();
		if (failure.timeoutType() == TimeoutType.SCHEDULE_TO_CLOSE && limit != null) {
			Instant due = scheduled.time().plus(limit);
			// The last attempt may fail when there is no time left for another.
			require(!now.isBefore(due) || failure.cause() != null,
					"its time-out at " + due + " has come, it being " + now, recorded);
		}
	}

	private void fire(int timerId, RecordedEvent recorded, Instant now) {
		Instant fireAt = timers.get(timerId);
		require(fireAt != null && settled.add(timerId), "its timer runs", recorded);
		require(fireAt != null && !now.isBefore(fireAt), "its timer is due at " + fireAt + ", it being " + now,
				recorded);
	}

	private void turn(HistoryEvent.WorkflowTaskCompleted marker, RecordedEvent recorded) {
		boolean ofUpdatesOnly = marker.seenUpTo() == seenUpTo && !marker.updates().isEmpty();
		require((marker.seenUpTo() > seenUpTo || ofUpdatesOnly) && marker.seenUpTo() < recorded.id(),
				"its turn has seen more than " + seenUpTo + " and nothing later than itself", recorded);
		require(events.get((int) marker.seenUpTo() - 1).event() instanceof HistoryEvent.Input,
				"what its turn saw last is an input", recorded);
		require(!marker.time().isBefore(markerTime), "its time is not before " + markerTime, recorded);
		for (UpdateRequest update : marker.updates()) {
			require(updates.put(update.updateId(), false) == null, "update " + update.updateId() + " is new", recorded);
			require(!update.updateId().startsWith("no"), "what its validator refuses leaves no trace", recorded);
		}
		seenUpTo = marker.seenUpTo();
		lastMarkerId = recorded.id();
		markerTime = marker.time();
	}

	private void expire(HistoryEvent.WorkflowTimedOut timedOut, RecordedEvent recorded, Instant now) {
		Lifetime lifetime = Objects.requireNonNull(terms).lifetime();
		Instant due = switch (timedOut.failure().timeoutType()) {
			case START_TO_CLOSE -> begins.plus(Objects.requireNonNull(lifetime.runTimeout()));
			case SCHEDULE_TO_CLOSE -> (terms.chain() != null) ? terms.chain().deadline()
					: begins.plus(Objects.requireNonNull(lifetime.executionTimeout()));
			default -> Instant.MAX;
		};
		require(due != null && !now.isBefore(due), "its time-out at " + due + " has come, it being " + now, recorded);
	}

	private void close(HistoryEvent.Closing closed, RecordedEvent recorded) {
		boolean neverBegun = closed instanceof HistoryEvent.WorkflowCanceled && lastMarkerId == 0;
		if (!(closed instanceof HistoryEvent.WorkflowTerminated || closed instanceof HistoryEvent.WorkflowTimedOut
				|| closed instanceof HistoryEvent.WorkflowContinuedAsNew || neverBegun)) {
			for (RecordedEvent event : events) {
				require(event.id() <= seenUpTo || !(event.event() instanceof HistoryEvent.Message),
						"its turn has seen message " + event.id(), recorded);
			}
		}
		closing = closed;
	}

	boolean hasUpdate(String updateId) {
		return updates.containsKey(updateId);
	}

	void require(boolean condition, String expectation, Object found) {
		if (!condition) {
			throw new Contradiction("Expected of " + key + " that " + expectation + ", but found " + found
					+ ". Its history: " + events);
		}
	}

	/** What must not be. */
	static final class Contradiction extends RuntimeException {

		Contradiction(String message) {
			super(message);
		}

	}

}
