package io.reprise.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import io.reprise.ErrorCode;
import io.reprise.WorkflowStatus;
import io.reprise.kernel.Decision;
import io.reprise.kernel.Kernel;
import io.reprise.kernel.NextRun;
import io.reprise.kernel.RunState;
import io.reprise.kernel.StartDecision;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandJson;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.InboxEntry;
import org.jspecify.annotations.Nullable;

/**
 * Decides the commands of one batch, each against what the ones before it would leave.
 */
final class BatchDecision {

	/** Keeps the ids of updates apart from those of other messages. */
	private static final String INBOX_PREFIX = "update:";

	private final HistoryStore store;

	private final RunCache cache;

	private final Inbox inbox;

	private final String nodeId;

	private final BatchTime time;

	private final Drafts drafts;

	private final HeldUpdates updates;

	private final List<Forwarded> forwarded = new ArrayList<>();

	private final List<Submission> tooEarly = new ArrayList<>();

	BatchDecision(HistoryStore store, RunCache cache, Inbox inbox, HeldUpdates updates, String nodeId, BatchTime time) {
		this.store = store;
		this.updates = updates;
		this.cache = cache;
		this.inbox = inbox;
		this.nodeId = nodeId;
		this.time = time;
		this.drafts = new Drafts(store, cache, inbox, nodeId, time);
	}

	Collection<Draft> drafts() {
		return drafts.all();
	}

	/**
	 * Commands for runs that another node has work of under way: only that node decides.
	 * @return what to leave for the others
	 */
	List<Forwarded> forOtherNodes() {
		return forwarded;
	}

	/**
	 * Starts that can only be decided once this batch is written, or lost.
	 * @return the commands
	 */
	List<Submission> tooEarly() {
		return tooEarly;
	}

	/**
	 * Decides a batch.
	 * @param submissions the commands
	 */
	void decideAll(List<Submission> submissions) {
		drafts.loadFor(submissions);
		submissions.forEach(this::decide);
	}

	void decide(Submission submission) {
		if (submission.command() instanceof Command.StartWorkflow start) {
			decideStart(submission, start);
			return;
		}
		ExecutionKey key = submission.command().key();
		if (submission.command() instanceof Command.AdoptRun || submission.command() instanceof Command.TakeMessages
				|| (submission.command() instanceof Command.ResolveChild && submission.isRepeated())) {
			// It may be remembered as it was before others had it, and the adoption may
			// change nothing, so that no version would tell. And who takes messages
			// must know how many were left
			drafts.readAnew(key);
		}
		Draft draft = drafts.find(key, submission.lookupNeeded());
		if (draft != null && submission.isRepeated() && !draft.isOpen()) {
			findNext(key);
		}
		if (draft == null) {
			submission.answer().complete(notFound(key));
		}
		else if (!draft.isOwnedOrIdle(nodeId)) {
			decideForeign(submission, draft);
		}
		else if (submission.command() instanceof Command.TakeMessages) {
			inbox.take(draft, time.contextOf(draft), time.now());
			draft.answer(submission, new CommandResult.Accepted(draft.key(), draft.run().state().lastEventId()));
		}
		else {
			decideOn(submission, draft, submission.command());
		}
	}

	/**
	 * After an unknown outcome, a run may be found closed by what is tried again, and the
	 * next one begun with nobody having been told. So that one is told now.
	 */
	private void findNext(ExecutionKey closed) {
		Draft next = drafts.find(new ExecutionKey(closed.namespace(), closed.workflowId(), ""), true);
		if (next != null && next.isOpen()) {
			next.requireAllEffects();
		}
	}

	private void decideOn(Submission submission, Draft draft, Command command) {
		if (command instanceof Command.CompleteTask turn && !turn.updates().isEmpty()) {
			Command.CompleteTask prepared = updates.prepare(turn);
			if (prepared == null) {
				if (turn.token().lastMarkerId() == draft.run().state().lastMarkerId()) {
					draft.requireAllEffects();
				}
				draft.answer(submission, new CommandResult.Stale());
				return;
			}
			decide(submission, draft, prepared);
			return;
		}
		decide(submission, draft, command);
	}

	private void decide(Submission submission, Draft draft, Command command) {
		Decision decision = Kernel.decide(draft.run(), command, time.contextOf(draft));
		switch (decision) {
			case Decision.Accepted accepted when accepted.next() != null
					&& (draft.before() == null || drafts.hasCreationBeside(draft)) -> {
				// One of the two is not stored yet and may lose to the other. What is
				// followed must have been open, and what follows must not lose
				draft.requireAllEffects();
				if (command instanceof Command.FireDue) {
					draft.requireWake();
				}
				draft.answer(submission, new CommandResult.Stale());
			}
			case Decision.Accepted accepted -> {
				long firstId = draft.apply(accepted, time.now());
				if (accepted.next() != null) {
					begin(accepted.next(), draft);
				}
				if (command instanceof Command.AdoptRun) {
					draft.requireAllEffects();
					draft.told();
				}
				if (command instanceof Command.StallTask) {
					draft.stalledHere();
				}
				if (command instanceof Command.UpdateWorkflow update) {
					// Answered by the turn that decides on it
					updates.hold(draft.key().runId(), update.request(), submission, false);
					return;
				}
				if (submission.command() instanceof Command.CompleteTask turn && !turn.updates().isEmpty()) {
					draft.updatesDecided(turn.updates());
				}
				draft.answer(submission, new CommandResult.Accepted(draft.key(), firstId));
			}
			case Decision.Duplicate duplicate when isDoubtful(submission) -> decideLater(submission);
			case Decision.Duplicate duplicate -> draft.answer(submission, new CommandResult.Duplicate(draft.key()));
			case Decision.Stale stale -> {
				if (stale.redispatch()) {
					draft.requireAllEffects();
				}
				if (command instanceof Command.FireDue) {
					draft.requireWake();
				}
				draft.answer(submission, new CommandResult.Stale());
			}
			case Decision.Rejected rejected ->
				draft.answer(submission, isOwnTermination(submission, draft) ? new CommandResult.Duplicate(draft.key())
						: new CommandResult.Rejected(rejected.code(), rejected.message()));
		}
	}

	/**
	 * Both are written, or none is: the new run has the workflow id of the one that is
	 * closed, and is left out if that loses a race.
	 */
	private void begin(NextRun next, Draft closed) {
		Draft draft = new Draft(next.key(), null);
		draft.succeed(closed);
		draft.apply(new Decision.Accepted(next.events(), next.overlay()), time.now());
		drafts.add(draft);
	}

	/** After an unknown outcome, a termination may find the run closed by itself. */
	private static boolean isOwnTermination(Submission submission, Draft draft) {
		return submission.command() instanceof Command.TerminateWorkflow && submission.lookupNeeded()
				&& draft.run().state().status() == WorkflowStatus.TERMINATED;
	}

	private void decideStart(Submission submission, Command.StartWorkflow start) {
		if ((submission.isRepeated() || drafts.has(start.key())) && isStarted(submission, start.key())) {
			return;
		}
		StartDecision.Existing existing = existingRun(start, submission.lookupNeeded());
		StartDecision decision = Kernel.startConflict(existing, start);
		if (isOnCreation(decision, start)) {
			decideLater(submission);
			return;
		}
		switch (decision) {
			case StartDecision.StartNew startNew -> create(submission, start, existing);
			case StartDecision.UseExisting use -> answerExisting(submission, start, use);
			case StartDecision.TerminateExisting terminate -> replace(submission, start, existing);
			case StartDecision.Refuse refuse -> {
				// Who has a parent may have been started before, and others have come
				// since
				if (start.parent() == null || !isStarted(submission, start.key())) {
					submission.answer().complete(new CommandResult.Rejected(refuse.code(), refuse.message()));
				}
			}
		}
	}

	/**
	 * Whether a start is in the way of another that this batch creates a run for. That
	 * creation may be lost, and what was decided on it would stand. Who is answered with
	 * the very run is decided again in that case.
	 */
	private boolean isOnCreation(StartDecision decision, Command.StartWorkflow start) {
		Draft open = drafts.findOpen(start.key());
		return open != null && open.before() == null && !(decision instanceof StartDecision.UseExisting);
	}

	/**
	 * A child that a run does not know may have ended before, or the run is remembered as
	 * it was before it had that child. Nothing would be written that could tell.
	 */
	private static boolean isDoubtful(Submission submission) {
		return submission.command() instanceof Command.ResolveChild && !submission.isRepeated();
	}

	private void decideLater(Submission submission) {
		submission.requireLookup();
		tooEarly.add(submission);
	}

	/**
	 * The very run may be there, be it from an attempt whose outcome was not known or
	 * from one that this batch ends, and others with the same workflow id may have come
	 * after it.
	 */
	private boolean isStarted(Submission submission, ExecutionKey key) {
		Draft draft = drafts.find(key, true);
		if (draft == null || !draft.exists()) {
			return false;
		}
		draft.answer(submission, new CommandResult.Duplicate(key));
		return true;
	}

	private void answerExisting(Submission submission, Command.StartWorkflow start, StartDecision.UseExisting use) {
		ExecutionKey key = new ExecutionKey(start.key().namespace(), start.key().workflowId(), use.runId());
		CommandResult result = use.duplicate() ? new CommandResult.Duplicate(key) : new CommandResult.Accepted(key, 1);
		// Read, not only named: after an unknown outcome its effects may have been lost.
		Draft draft = drafts.find(key, true);
		if (draft != null && start.message() instanceof Command.SignalWorkflow signal) {
			signalExisting(submission, draft, signal, result);
			return;
		}
		if (draft != null && draft.isOwnedOrIdle(nodeId)) {
			draft.answer(submission, result);
		}
		else {
			cache.remove(key.runId());
			submission.answer().complete(result);
		}
	}

	/** The run gets the signal that would have come with its start. */
	private void signalExisting(Submission submission, Draft draft, Command.SignalWorkflow atStart,
			CommandResult result) {
		Command.SignalWorkflow signal = new Command.SignalWorkflow(draft.key(), atStart.name(), atStart.arguments(),
				atStart.requestId());
		switch (Kernel.decide(draft.run(), signal, time.contextOf(draft))) {
			case Decision.Accepted accepted when draft.isOwnedOrIdle(nodeId) -> {
				draft.apply(accepted, time.now());
				draft.answer(submission, result);
			}
			case Decision.Accepted accepted -> {
				forwarded.add(new Forwarded(submission,
						new InboxEntry(draft.key(), signal.requestId(), CommandJson.write(signal)), result));
				cache.remove(draft.key().runId());
			}
			case Decision.Rejected rejected when rejected.code() == ErrorCode.WORKFLOW_CLOSED
					&& result instanceof CommandResult.Accepted ->
				// Since it was looked up
				decideLater(submission);
			case Decision.Rejected rejected ->
				draft.answer(submission, new CommandResult.Rejected(rejected.code(), rejected.message()));
			case Decision.Duplicate duplicate -> draft.answer(submission, result);
			case Decision.Stale stale -> draft.answer(submission, result);
		}
	}

	private void replace(Submission submission, Command.StartWorkflow start,
			StartDecision.@Nullable Existing existing) {
		// Or the other run would end for a start that creates nothing
		if (isStarted(submission, start.key())) {
			return;
		}
		ExecutionKey key = new ExecutionKey(start.key().namespace(), start.key().workflowId(),
				Objects.requireNonNull(existing).runId());
		Draft old = drafts.find(key, true);
		if (old != null && old.run().state().isClosed()) {
			// Since it was looked up: how it ended may matter
			decideLater(submission);
			return;
		}
		if (old != null) {
			Command terminate = new Command.TerminateWorkflow(key, "Replaced by a new start with the same id",
					start.requestId());
			if (Kernel.decide(old.run(), terminate, time.contextOf(old)) instanceof Decision.Accepted accepted) {
				if (!old.isOwnedOrIdle(nodeId)) {
					// What its owner was about to tell others is now for this node to
					// tell
					old.requireAllEffects();
				}
				old.apply(accepted, time.now());
			}
		}
		create(submission, start, existing);
	}

	/**
	 * Other nodes may have created, and even ended, a run since the latest one was looked
	 * up. That is told by the write, if it matters.
	 */
	private void create(Submission submission, Command.StartWorkflow start, StartDecision.@Nullable Existing latest) {
		switch (Kernel.start(start, time.contextOfStart())) {
			case Decision.Accepted accepted -> {
				Draft draft = new Draft(start.key(), null);
				draft.follow(start, (latest != null) ? latest.startTime() : null);
				draft.apply(accepted, time.now());
				draft.answer(submission, new CommandResult.Accepted(start.key(), 1));
				drafts.add(draft);
				if (start.message() instanceof Command.UpdateWorkflow update) {
					// Whoever sent it asks for the answer by its id
					updates.hold(draft.key().runId(), update.request(), null, false);
				}
			}
			case Decision.Rejected rejected ->
				submission.answer().complete(new CommandResult.Rejected(rejected.code(), rejected.message()));
			case Decision.Duplicate duplicate ->
				throw new IllegalStateException("Expected a start to be accepted or rejected, but it is a duplicate");
			case Decision.Stale stale ->
				throw new IllegalStateException("Expected a start to be accepted or rejected, but it is stale");
		}
	}

	private void decideForeign(Submission submission, Draft draft) {
		switch (submission.command()) {
			case Command.SignalWorkflow signal -> forward(submission, draft, signal.requestId());
			case Command.UpdateWorkflow update -> forward(submission, draft, INBOX_PREFIX + update.updateId());
			case Command.RequestCancel cancel -> forward(submission, draft, cancel.requestId());
			case Command.TerminateWorkflow terminate -> forward(submission, draft, terminate.requestId());
			case Command.ResolveChild resolve -> forward(submission, draft, resolve.requestId());
			case Command.TakeAnswer answer -> submission.answer().complete(new CommandResult.Stale());
			case Command.SettleDuty duty -> submission.answer().complete(new CommandResult.Stale());
			case Command.StartWorkflow start -> throw new IllegalStateException("Expected starts to be decided alone");
			case Command.CompleteTask complete -> submission.answer().complete(new CommandResult.Stale());
			case Command.StallTask stall -> submission.answer().complete(new CommandResult.Stale());
			case Command.StartActivity start -> submission.answer().complete(new CommandResult.Stale());
			case Command.CompleteActivity complete -> submission.answer().complete(new CommandResult.Stale());
			case Command.FailActivity fail -> submission.answer().complete(new CommandResult.Stale());
			case Command.RecordHeartbeat heartbeat -> submission.answer().complete(new CommandResult.Stale());
			case Command.FireDue due -> submission.answer().complete(new CommandResult.Stale());
			case Command.AdoptRun adopt -> submission.answer().complete(new CommandResult.Stale());
			case Command.TakeMessages take -> submission.answer().complete(new CommandResult.Stale());
		}
		if (!updates.isEmpty()) {
			updates.release(draft.key().runId(), new CommandResult.Stale());
		}
		// What is cached of another node's run is out of date from the moment it is read.
		cache.remove(draft.key().runId());
	}

	/**
	 * Only what the kernel would accept is left for the owner, so that the caller learns
	 * of a refusal at once. The owner decides again.
	 */
	private void forward(Submission submission, Draft draft, String requestId) {
		switch (Kernel.decide(draft.run(), submission.command(), time.contextOf(draft))) {
			case Decision.Accepted accepted -> forwarded.add(new Forwarded(submission,
					new InboxEntry(draft.key(), requestId, CommandJson.write(submission.command())),
					(submission.command() instanceof Command.UpdateWorkflow) ? new CommandResult.Stale()
							: new CommandResult.Accepted(draft.key(), draft.run().state().lastEventId())));
			case Decision.Duplicate duplicate when isDoubtful(submission) -> decideLater(submission);
			case Decision.Duplicate duplicate -> submission.answer().complete(new CommandResult.Duplicate(draft.key()));
			case Decision.Stale stale -> submission.answer().complete(new CommandResult.Stale());
			case Decision.Rejected rejected ->
				submission.answer().complete(new CommandResult.Rejected(rejected.code(), rejected.message()));
		}
	}

	private StartDecision.@Nullable Existing existingRun(Command.StartWorkflow start, boolean lookup) {
		Draft open = drafts.findOpen(start.key());
		if (open != null) {
			RunState state = open.run().state();
			return new StartDecision.Existing(state.key().runId(), state.status(), state.startRequestId(),
					state.startTime());
		}
		if (!lookup) {
			return null;
		}
		return store.findLatest(start.key().namespace(), start.key().workflowId())
			.map((record) -> new StartDecision.Existing(record.key().runId(), record.status(), record.startRequestId(),
					record.startTime()))
			.orElse(null);
	}

	private static CommandResult notFound(ExecutionKey key) {
		return new CommandResult.Rejected(ErrorCode.WORKFLOW_NOT_FOUND, key.runId().isEmpty()
				? "Expected a workflow with id '%s', but there is none. Check the id, or start it first"
					.formatted(key.workflowId())
				: "Expected run '%s' of workflow '%s', but there is none. It may have been removed after the retention period"
					.formatted(key.runId(), key.workflowId()));
	}

	/**
	 * A command for another node.
	 *
	 * @param submission the command
	 * @param entry what to leave
	 * @param result what to answer once it is left
	 */
	record Forwarded(Submission submission, InboxEntry entry, CommandResult result) {

	}

}
