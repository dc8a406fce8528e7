package io.reprise.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.reprise.kernel.Decision;
import io.reprise.kernel.Kernel;
import io.reprise.kernel.Run;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.Transition;
import io.reprise.protocol.TurnUpdates;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.RunWrite;
import org.jspecify.annotations.Nullable;

/**
 * A run while a batch decides on it: what is stored, what it would become, and who is to
 * be answered when it has.
 */
final class Draft {

	private final ExecutionKey key;

	private final @Nullable CachedRun before;

	private final List<HistoryEvent> events = new ArrayList<>();

	private final List<Answer> answers = new ArrayList<>();

	private @Nullable Run run;

	private boolean changed;

	private boolean follower;

	private @Nullable String letGoTo;

	private boolean told;

	private boolean stalledHere;

	private boolean allEffects;

	private boolean wakeLater;

	private @Nullable OpenTurn turn;

	private @Nullable TurnUpdates turnUpdates;

	private @Nullable Instant latestStart;

	private @Nullable Instant predecessorStart;

	private @Nullable List<InboxEntry> messages;

	Draft(ExecutionKey key, @Nullable CachedRun before) {
		this.key = key;
		this.before = before;
		this.run = (before != null) ? before.run() : null;
	}

	ExecutionKey key() {
		return key;
	}

	@Nullable CachedRun before() {
		return before;
	}

	/**
	 * The run as it would be.
	 * @return the run
	 */
	Run run() {
		if (run == null) {
			throw new IllegalStateException("Expected run " + key + " to have events, but it has none");
		}
		return run;
	}

	boolean exists() {
		return run != null;
	}

	boolean isOpen() {
		return run != null && !run.state().isClosed();
	}

	/**
	 * Whether this node may decide: the run is its own, or nobody has work of it under
	 * way.
	 * @param nodeId this node
	 * @return {@code true} if so
	 */
	boolean isOwnedOrIdle(String nodeId) {
		String owner = (before != null) ? before.record().owner() : null;
		return owner == null || owner.equals(nodeId);
	}

	boolean isChanged() {
		return changed;
	}

	/**
	 * It is written so that another node goes on with it.
	 * @param owner a name by which it is found
	 */
	void letGo(String owner) {
		letGoTo = owner;
		changed = true;
	}

	/**
	 * Who is to own it if work of it is outstanding.
	 * @param nodeId this node
	 * @return this node, or the name by which others find it
	 */
	String owner(String nodeId) {
		return (letGoTo != null) ? letGoTo : nodeId;
	}

	/** It knows that it was taken over, and what of it is lost. */
	void told() {
		told = true;
	}

	boolean isTold() {
		return told;
	}

	/** A worker of this node could not run its turn. */
	void stalledHere() {
		stalledHere = true;
	}

	boolean isStalledHere() {
		return stalledHere;
	}

	/**
	 * Whether another node is to go on with it.
	 * @return {@code true} if nothing of it is to be handed out here
	 */
	boolean isLetGo() {
		return letGoTo != null;
	}

	/**
	 * Whether all that must be outstanding is to be dispatched, rather than what is new.
	 * @return {@code true} after an adoption, or when a turn must be run again
	 */
	boolean needsAllEffects() {
		return allEffects;
	}

	void requireAllEffects() {
		allEffects = true;
	}

	/**
	 * Whether a wake-up found nothing due and must be set again.
	 * @return {@code true} if so
	 */
	boolean needsWake() {
		return wakeLater;
	}

	void requireWake() {
		wakeLater = true;
	}

	/**
	 * A turn was let run ahead of this draft's commit.
	 * @param ahead the turn
	 */
	void turnTaken(OpenTurn ahead) {
		turn = ahead;
	}

	/**
	 * The draft is durable: a turn that still runs may hand in what it decides.
	 */
	void inputDurable() {
		if (turn != null) {
			turn.settle(true);
		}
	}

	/**
	 * Whether a turn still runs, so that the run's task need not be dispatched.
	 * @return {@code true} if so
	 */
	boolean isTurnRunning() {
		return turn != null && turn.isLate();
	}

	/**
	 * A turn of this draft has decided on updates.
	 * @param updates what it said of them
	 */
	void updatesDecided(TurnUpdates updates) {
		turnUpdates = updates;
	}

	@Nullable TurnUpdates turnUpdates() {
		return turnUpdates;
	}

	/**
	 * What was left for the run has been decided on.
	 * @param taken the messages
	 */
	void messagesTaken(List<InboxEntry> taken) {
		messages = taken;
	}

	/**
	 * Whether this draft has decided on what was left for the run.
	 * @return {@code true} if it has looked, be it in vain
	 */
	boolean hasTakenMessages() {
		return messages != null;
	}

	/**
	 * What was left for the run and is decided with this draft.
	 * @return the messages, possibly none
	 */
	List<InboxEntry> messages() {
		return (messages != null) ? messages : List.of();
	}

	/**
	 * Whether it must not be written without messages that were left for the run: it
	 * would close on them, or put a later message before them. A termination does not
	 * wait for anything. What came after this draft has looked may stand after it.
	 * @return {@code true} if so
	 */
	boolean mustSeeAllMessages() {
		HistoryEvent closing = closingEvent();
		return (closing != null) ? !(closing instanceof HistoryEvent.WorkflowTerminated)
				: !hasTakenMessages() && events.stream().anyMatch(Draft::isMessage);
	}

	private static boolean isMessage(HistoryEvent event) {
		return event instanceof HistoryEvent.WorkflowSignaled || event instanceof HistoryEvent.WorkflowCancelRequested;
	}

	/**
	 * How the run would close.
	 * @return the closing event, or {@code null} if it stays open
	 */
	@Nullable HistoryEvent closingEvent() {
		return (!events.isEmpty() && events.getLast() instanceof HistoryEvent.Closing) ? events.getLast() : null;
	}

	/**
	 * What the draft appends.
	 * @return the events
	 */
	List<HistoryEvent> events() {
		return events;
	}

	/**
	 * How many inputs the turn passed over.
	 * @return the number
	 */
	int skippedInputs() {
		int skipped = 0;
		for (HistoryEvent event : events) {
			skipped += (event instanceof HistoryEvent.InputSkipped) ? 1 : 0;
		}
		return skipped;
	}

	/**
	 * Has the run follow the latest one. It begins after that, which is how the latest is
	 * known: the time of the batch may be older, as that run was looked at later. Unless
	 * no other run can bear on the start, it is created only if no later one is there.
	 * @param start what creates this run
	 * @param latest when the latest run began, {@code null} if there is none
	 */
	void follow(Command.StartWorkflow start, @Nullable Instant latest) {
		predecessorStart = latest;
		if (!start.isUnique()) {
			latestStart = (latest != null) ? latest : RunWrite.NO_RUN;
		}
	}

	/**
	 * Has the run begin after the one that it takes the place of.
	 * @param closed the run before
	 */
	void succeed(Draft closed) {
		predecessorStart = closed.run().state().startTime().plus(1, ChronoUnit.MICROS);
		follower = true;
	}

	/**
	 * Whether it is created together with the end of the run before it.
	 * @return {@code true} if so
	 */
	boolean isFollower() {
		return follower;
	}

	/**
	 * The time of what this draft appends.
	 * @param now the time of the batch
	 * @return the time, or the first one after the run before it has begun
	 */
	Instant time(Instant now) {
		return (predecessorStart != null && now.isBefore(predecessorStart))
				? predecessorStart.plus(1, ChronoUnit.MICROS) : now;
	}

	/**
	 * When the latest run began, if a later one matters.
	 * @return the time, or {@code null}
	 */
	@Nullable Instant latestStart() {
		return latestStart;
	}

	List<Answer> answers() {
		return answers;
	}

	/**
	 * After a lost race, the commands to decide on what the winner left.
	 * @return the commands
	 */
	List<Submission> toDecideAgain() {
		List<Submission> again = new ArrayList<>(answers.size());
		for (Answer answer : answers) {
			if (!answer.submission.isDecidedOnce()) {
				answer.submission.requireLookup();
				again.add(answer.submission);
			}
		}
		return again;
	}

	/**
	 * Does what a draft was to do that changes nothing and is given up.
	 * @param other a draft of the same run
	 */
	void takeOver(Draft other) {
		answers.addAll(other.answers);
		turnUpdates = (other.turnUpdates != null) ? other.turnUpdates : turnUpdates;
		allEffects |= other.allEffects;
		wakeLater |= other.wakeLater;
	}

	void answer(Submission submission, CommandResult result) {
		answers.add(new Answer(submission, result));
	}

	/**
	 * Applies a decision.
	 * @param accepted the decision
	 * @param now the time of its events
	 * @return id of the first event it appended, or of the last one before if there is
	 * none
	 */
	long apply(Decision.Accepted accepted, Instant now) {
		long lastEventId = (run != null) ? run.state().lastEventId() : 0;
		if (!accepted.events().isEmpty()) {
			List<RecordedEvent> recorded = new Transition(lastEventId + 1, time(now), accepted.events()).recorded();
			var state = (run != null) ? Kernel.evolve(run.state(), recorded) : Kernel.create(key, recorded);
			run = new Run(state, accepted.overlay());
			events.addAll(accepted.events());
			changed = true;
			return lastEventId + 1;
		}
		if (!accepted.overlay().equals(run().overlay())) {
			run = new Run(run().state(), accepted.overlay());
			changed = true;
		}
		return lastEventId;
	}

	/**
	 * The row to append.
	 * @param now the time of the batch
	 * @return the transition, or {@code null} if there is no event
	 */
	@Nullable Transition transition(Instant now) {
		if (events.isEmpty()) {
			return null;
		}
		return new Transition(run().state().lastEventId() - events.size() + 1, time(now), events);
	}

	/**
	 * Who is told what once the draft is durable.
	 *
	 * @param submission who
	 * @param result what
	 */
	record Answer(Submission submission, CommandResult result) {

	}

}
