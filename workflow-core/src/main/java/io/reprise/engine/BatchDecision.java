package io.reprise.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.reprise.ErrorCode;
import io.reprise.WorkflowStatus;
import io.reprise.kernel.Decision;
import io.reprise.kernel.DecisionContext;
import io.reprise.kernel.Kernel;
import io.reprise.kernel.Limits;
import io.reprise.kernel.RunState;
import io.reprise.kernel.StartDecision;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandJson;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.RunRecord;
import io.reprise.spi.StoredRun;
import org.jspecify.annotations.Nullable;

/**
 * Decides the commands of one batch, each against what the ones before it would leave.
 */
final class BatchDecision {

	private final HistoryStore store;

	private final RunCache cache;

	private final Inbox inbox;

	private final String nodeId;

	private final Instant now;

	/** At least the time of the batch: turns have run since then. */
	private Instant decidedAt;

	private final Limits limits;

	private final Map<String, Draft> drafts = new LinkedHashMap<>();

	private final List<Forwarded> forwarded = new ArrayList<>();

	BatchDecision(HistoryStore store, RunCache cache, String nodeId, Instant now, Limits limits) {
		this.store = store;
		this.cache = cache;
		this.inbox = new Inbox(store);
		this.nodeId = nodeId;
		this.now = now;
		this.decidedAt = now;
		this.limits = limits;
	}

	Collection<Draft> drafts() {
		return drafts.values();
	}

	/**
	 * Commands for runs that another node has work of under way: only that node decides.
	 * @return what to leave for the others
	 */
	List<Forwarded> forOtherNodes() {
		return forwarded;
	}

	/**
	 * From here on decisions are made at a later time, from which timers count. What is
	 * recorded has the time of the batch all the same, as it is one transition.
	 * @param time the time
	 */
	void goOnAt(Instant time) {
		decidedAt = time;
	}

	void decide(Submission submission) {
		if (submission.command() instanceof Command.StartWorkflow start) {
			decideStart(submission, start);
			return;
		}
		ExecutionKey key = submission.command().key();
		if (submission.command() instanceof Command.AdoptRun) {
			readAnew(key);
		}
		if (submission.command() instanceof Command.TakeMessages && !drafts.containsKey(key.runId())) {
			// Read anew, so that what is written counts the messages that it has seen
			cache.remove(key.runId());
		}
		Draft draft = find(key, submission.lookupNeeded());
		if (draft == null) {
			submission.answer().complete(notFound(key));
		}
		else if (!draft.isOwnedOrIdle(nodeId)) {
			decideForeign(submission, draft);
		}
		else if (submission.command() instanceof Command.TakeMessages) {
			inbox.take(draft, context(draft), now);
			draft.answer(submission, new CommandResult.Accepted(draft.key(), draft.run().state().lastEventId()));
		}
		else {
			decideOn(submission, draft, submission.command());
		}
	}

	/**
	 * A run that was just adopted may be remembered as it was before others had it, and
	 * the adoption might change nothing, so that no version would tell. A draft that has
	 * changed is written, which does tell.
	 */
	private void readAnew(ExecutionKey key) {
		Draft remembered = drafts.get(key.runId());
		if (remembered != null && remembered.isChanged()) {
			return;
		}
		cache.remove(key.runId());
		drafts.remove(key.runId());
		if (remembered == null) {
			return;
		}
		Draft draft = find(key, true);
		for (Draft.Answer answer : remembered.answers()) {
			if (draft != null) {
				draft.answer(answer.submission(), answer.result());
			}
			else {
				answer.submission().answer().complete(answer.result());
			}
		}
	}

	private void decideOn(Submission submission, Draft draft, Command command) {
		Decision decision = Kernel.decide(draft.run(), command, context(draft));
		switch (decision) {
			case Decision.Accepted accepted -> {
				long firstId = draft.apply(accepted, now);
				if (command instanceof Command.AdoptRun) {
					draft.requireAllEffects();
					draft.told();
				}
				if (command instanceof Command.StallTask stall && stall.elsewhere()) {
					draft.wantElsewhere();
				}
				draft.answer(submission, new CommandResult.Accepted(draft.key(), firstId));
			}
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

	/** After an unknown outcome, a termination may find the run closed by itself. */
	private static boolean isOwnTermination(Submission submission, Draft draft) {
		return submission.command() instanceof Command.TerminateWorkflow && submission.lookupNeeded()
				&& draft.run().state().status() == WorkflowStatus.TERMINATED;
	}

	private void decideStart(Submission submission, Command.StartWorkflow start) {
		if (submission.isRepeated() && isStarted(submission, start.key())) {
			return;
		}
		switch (Kernel.startConflict(existingRun(start, submission.lookupNeeded()), start)) {
			case StartDecision.StartNew startNew -> create(submission, start);
			case StartDecision.UseExisting use -> answerExisting(submission, start, use);
			case StartDecision.TerminateExisting terminate -> replace(submission, start, terminate.runId());
			case StartDecision.Refuse refuse ->
				submission.answer().complete(new CommandResult.Rejected(refuse.code(), refuse.message()));
		}
	}

	/**
	 * The very run may be there, be it from an attempt whose outcome was not known, and
	 * others with the same workflow id may have come after it.
	 */
	private boolean isStarted(Submission submission, ExecutionKey key) {
		Draft draft = find(key, true);
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
		Draft draft = find(key, true);
		if (draft != null && draft.isOwnedOrIdle(nodeId)) {
			draft.answer(submission, result);
		}
		else {
			cache.remove(key.runId());
			submission.answer().complete(result);
		}
	}

	private void replace(Submission submission, Command.StartWorkflow start, String existingRunId) {
		ExecutionKey existing = new ExecutionKey(start.key().namespace(), start.key().workflowId(), existingRunId);
		Draft old = find(existing, true);
		if (old != null && !old.run().state().isClosed()) {
			Command terminate = new Command.TerminateWorkflow(existing, "Replaced by a new start with the same id",
					start.requestId());
			if (Kernel.decide(old.run(), terminate, context(old)) instanceof Decision.Accepted accepted) {
				old.apply(accepted, now);
			}
		}
		create(submission, start);
	}

	private void create(Submission submission, Command.StartWorkflow start) {
		switch (Kernel.start(start, new DecisionContext(now, 0, limits))) {
			case Decision.Accepted accepted -> {
				Draft draft = new Draft(start.key(), null);
				draft.apply(accepted, now);
				draft.answer(submission, new CommandResult.Accepted(start.key(), 1));
				drafts.put(start.key().runId(), draft);
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
			case Command.RequestCancel cancel -> forward(submission, draft, cancel.requestId());
			case Command.TerminateWorkflow terminate -> forward(submission, draft, terminate.requestId());
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
		// What is cached of another node's run is out of date from the moment it is read.
		cache.remove(draft.key().runId());
	}

	/**
	 * Only what the kernel would accept is left for the owner, so that the caller learns
	 * of a refusal at once. The owner decides again.
	 */
	private void forward(Submission submission, Draft draft, String requestId) {
		switch (Kernel.decide(draft.run(), submission.command(), context(draft))) {
			case Decision.Accepted accepted -> forwarded.add(new Forwarded(submission,
					new InboxEntry(draft.key(), requestId, CommandJson.write(submission.command())),
					new CommandResult.Accepted(draft.key(), draft.run().state().lastEventId())));
			case Decision.Duplicate duplicate -> submission.answer().complete(new CommandResult.Duplicate(draft.key()));
			case Decision.Stale stale -> submission.answer().complete(new CommandResult.Stale());
			case Decision.Rejected rejected ->
				submission.answer().complete(new CommandResult.Rejected(rejected.code(), rejected.message()));
		}
	}

	private StartDecision.@Nullable Existing existingRun(Command.StartWorkflow start, boolean lookup) {
		for (Draft draft : drafts.values()) {
			if (draft.exists() && sameWorkflow(draft.key(), start.key()) && !draft.run().state().isClosed()) {
				RunState state = draft.run().state();
				return new StartDecision.Existing(state.key().runId(), state.status(), state.startRequestId());
			}
		}
		if (!lookup) {
			return null;
		}
		return store.findLatest(start.key().namespace(), start.key().workflowId())
			.map((record) -> new StartDecision.Existing(record.key().runId(), record.status(), record.startRequestId()))
			.orElse(null);
	}

	private static boolean sameWorkflow(ExecutionKey one, ExecutionKey other) {
		return one.workflowId().equals(other.workflowId()) && one.namespace().equals(other.namespace());
	}

	/**
	 * The draft of a run: from this batch, from the cache, or from the store.
	 */
	private @Nullable Draft find(ExecutionKey key, boolean fresh) {
		String runId = key.runId();
		if (runId.isEmpty()) {
			runId = latestRunId(key, fresh);
			if (runId == null) {
				return null;
			}
		}
		Draft draft = drafts.get(runId);
		if (draft == null) {
			CachedRun run = cache.get(runId);
			boolean isLoaded = run == null;
			if (run == null) {
				run = load(runId);
			}
			if (run == null) {
				return null;
			}
			draft = new Draft(run.record().key(), run);
			drafts.put(runId, draft);
			if (isLoaded) {
				takeIn(draft, run);
			}
		}
		return draft;
	}

	private @Nullable CachedRun load(String runId) {
		List<StoredRun> loaded = store.load(List.of(runId));
		return loaded.isEmpty() ? null : RunCodec.read(loaded.getFirst());
	}

	/**
	 * A run is remembered with the number of messages that were left for it, so it must
	 * have taken them. If it takes some now, it is remembered once that is durable.
	 */
	private void takeIn(Draft draft, CachedRun run) {
		if (!run.isOpen()) {
			return;
		}
		if (run.messagesSeen() > 0 && draft.isOwnedOrIdle(nodeId)) {
			inbox.take(draft, context(draft), now);
		}
		if (draft.messages().isEmpty()) {
			cache.put(run);
		}
	}

	private @Nullable String latestRunId(ExecutionKey key, boolean fresh) {
		for (Draft draft : drafts.values()) {
			if (draft.exists() && sameWorkflow(draft.key(), key) && !draft.run().state().isClosed()) {
				return draft.key().runId();
			}
		}
		String cached = fresh ? null : cache.openRun(key.namespace(), key.workflowId());
		if (cached != null) {
			return cached;
		}
		Optional<RunRecord> latest = store.findLatest(key.namespace(), key.workflowId());
		return latest.map((record) -> record.key().runId()).orElse(null);
	}

	private DecisionContext context(Draft draft) {
		CachedRun before = draft.before();
		return new DecisionContext(decidedAt, (before != null) ? before.record().historyBytes() : 0, limits);
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
