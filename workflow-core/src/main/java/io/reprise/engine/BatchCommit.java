package io.reprise.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import io.reprise.kernel.Effect;
import io.reprise.kernel.Kernel;
import io.reprise.kernel.Limits;
import io.reprise.kernel.NextRuns;
import io.reprise.protocol.CommandResult;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoreException;
import io.reprise.spi.WriteOutcome;

/**
 * One round of a batch: decide everything against the runs as known, write all changes in
 * one transaction, then answer and carry out what won.
 */
final class BatchCommit {

	private final HistoryStore store;

	private final Inbox inbox;

	private final HeldUpdates updates;

	private final RunCache cache;

	private final StoreClock clock;

	private final Limits limits;

	private final NextRuns nextRuns;

	private final EffectRunner effects;

	private final TurnsAhead turnsAhead;

	private final HeldStarts heldStarts;

	private final HandOver handOver;

	private final Supplier<String> nodeId;

	private final EngineHealth health;

	BatchCommit(HistoryStore store, RunCache cache, HeldUpdates updates, StoreClock clock, Limits limits,
			NextRuns nextRuns, EffectRunner effects, TurnsAhead turnsAhead, HeldStarts heldStarts, HandOver handOver,
			Supplier<String> nodeId, EngineHealth health) {
		this.store = store;
		this.inbox = new Inbox(store, updates);
		this.updates = updates;
		this.cache = cache;
		this.clock = clock;
		this.limits = limits;
		this.nextRuns = nextRuns;
		this.effects = effects;
		this.turnsAhead = turnsAhead;
		this.heldStarts = heldStarts;
		this.handOver = handOver;
		this.nodeId = nodeId;
		this.health = health;
	}

	/**
	 * Decides commands and commits what they change, together with what the turns decide
	 * that they ask for.
	 * @param submissions the commands
	 * @return those that lost a race and must be decided again
	 * @throws StoreException if nothing was written, or the outcome is unknown
	 */
	List<Submission> decideAndCommit(List<Submission> submissions) {
		String node = nodeId.get();
		Instant now = clock.now();
		BatchTime time = new BatchTime(now, limits, nextRuns);
		BatchDecision decision = new BatchDecision(store, cache, inbox, updates, node, time);
		decision.decideAll(submissions);
		List<Submission> again = offerToOwners(decision.forOtherNodes());
		List<OpenTurn> turns = turnsAhead.run(decision.drafts(), node, now);
		try {
			if (!turns.isEmpty()) {
				time.goOnAt(clock.now());
			}
			for (OpenTurn turn : turns) {
				turn.draft().turnTaken(turn);
				Submission outcome = turn.close();
				if (outcome != null) {
					decision.decide(outcome);
				}
			}
			again.addAll(commit(decision, now, node));
			return again;
		}
		finally {
			// Those of written drafts are settled already.
			turns.forEach((turn) -> turn.settle(false));
		}
	}

	/**
	 * Decides and commits one command, and nothing else.
	 * @param submission the command
	 * @return the command, if it lost a race and must be decided again
	 * @throws StoreException if nothing was written, or the outcome is unknown
	 */
	List<Submission> decideAndCommitAlone(Submission submission) {
		String node = nodeId.get();
		Instant now = clock.now();
		BatchDecision decision = new BatchDecision(store, cache, inbox, updates, node,
				new BatchTime(now, limits, nextRuns));
		decision.decide(submission);
		List<Submission> again = offerToOwners(decision.forOtherNodes());
		again.addAll(commit(decision, now, node));
		return again;
	}

	private List<Submission> commit(BatchDecision decision, Instant now, String node) {
		List<RunCodec.Prepared> prepared = new ArrayList<>();
		for (Draft draft : decision.drafts()) {
			handOver.decideOn(draft, node);
			if (draft.isChanged()) {
				prepared.add(RunCodec.write(draft, now, draft.owner(node), limits.claimCheckBytes()));
			}
		}
		List<WriteOutcome> outcomes = prepared.isEmpty() ? List.of() : write(prepared);
		List<Submission> again = settle(decision, prepared, outcomes, now, node);
		again.addAll(decision.tooEarly());
		return again;
	}

	private List<WriteOutcome> write(List<RunCodec.Prepared> prepared) {
		try {
			return store.commit(prepared.stream().map(RunCodec.Prepared::write).toList());
		}
		catch (StoreException ex) {
			if (ex.outcome() == StoreException.Outcome.UNKNOWN) {
				prepared.stream()
					// A run that follows is found by the one that it follows
					.filter((each) -> !each.draft().isFollower())
					.forEach((each) -> effects.suspectLost(runId(each.write())));
			}
			throw ex;
		}
	}

	/**
	 * Drops what is known of the runs of these commands: it may no longer be true. What
	 * they have outstanding is dispatched again once they are read, as effects may have
	 * been lost.
	 * @param submissions the commands
	 */
	void forget(Collection<Submission> submissions) {
		for (Submission submission : submissions) {
			var key = submission.command().key();
			String runId = key.runId().isEmpty() ? cache.openRun(key.namespace(), key.workflowId()) : key.runId();
			if (runId != null) {
				cache.remove(runId);
				effects.suspectLost(runId);
			}
		}
	}

	/**
	 * Leaves commands for the nodes that own their runs.
	 * @return those whose run has closed meanwhile
	 */
	private List<Submission> offerToOwners(List<BatchDecision.Forwarded> forwarded) {
		List<Submission> again = new ArrayList<>();
		for (BatchDecision.Forwarded each : forwarded) {
			if (store.offer(each.entry())) {
				each.submission().answer().complete(each.result());
			}
			else {
				again.add(each.submission());
			}
		}
		return again;
	}

	private List<Submission> settle(BatchDecision decision, List<RunCodec.Prepared> prepared,
			List<WriteOutcome> outcomes, Instant now, String node) {
		List<Submission> again = new ArrayList<>();
		List<Draft> lost = new ArrayList<>();
		for (int i = 0; i < prepared.size(); i++) {
			RunCodec.Prepared written = prepared.get(i);
			switch (outcomes.get(i)) {
				case WRITTEN -> remember(written);
				case LOST_RACE -> {
					health.writeFenced();
					cache.remove(runId(written.write()));
				}
				case MESSAGE_LEFT, OPEN_RUN_EXISTS, NEWER_RUN_EXISTS, ID_HELD -> cache.remove(runId(written.write()));
			}
		}
		// Callers first: a worker must know its turn is committed before the next task
		// reaches it.
		for (int i = 0; i < prepared.size(); i++) {
			if (outcomes.get(i) == WriteOutcome.WRITTEN) {
				answer(prepared.get(i).draft());
			}
			else if (outcomes.get(i) == WriteOutcome.ID_HELD) {
				prepared.get(i).draft().toDecideAgain().forEach(heldStarts::tryLater);
			}
			else {
				lost.add(prepared.get(i).draft());
				suspectUnlessAbsent(runId(prepared.get(i).write()), outcomes.get(i));
				if (prepared.get(i).draft().before() == null && !updates.isEmpty()) {
					// There is no such run
					updates.release(runId(prepared.get(i).write()), new CommandResult.Stale());
				}
				again.addAll(prepared.get(i).draft().toDecideAgain());
			}
		}
		for (Draft draft : decision.drafts()) {
			if (!draft.isChanged()) {
				answer(draft);
			}
		}
		for (int i = 0; i < prepared.size(); i++) {
			if (outcomes.get(i) == WriteOutcome.WRITTEN) {
				health.inputsSkipped(prepared.get(i).draft().skippedInputs());
				carryOut(prepared.get(i).draft(), now);
			}
		}
		for (Draft draft : decision.drafts()) {
			if (!draft.isOwnedOrIdle(node)) {
				effects.clearSuspicion(draft.key().runId());
			}
			else if (!draft.isChanged()) {
				repeat(draft, now);
			}
		}
		inbox.removeTaken(decision.drafts().stream().filter((draft) -> !lost.contains(draft)).toList());
		return again;
	}

	/** What is cached of a run that others go on with is soon out of date. */
	private void remember(RunCodec.Prepared written) {
		if (written.draft().isLetGo()) {
			cache.remove(runId(written.write()));
		}
		else {
			cache.remember(written.after());
		}
	}

	private void suspectUnlessAbsent(String runId, WriteOutcome outcome) {
		if (outcome == WriteOutcome.OPEN_RUN_EXISTS || outcome == WriteOutcome.NEWER_RUN_EXISTS) {
			// There is no such run, and nothing of it to lose
			effects.clearSuspicion(runId);
		}
		else {
			effects.suspectLost(runId);
		}
	}

	private void carryOut(Draft draft, Instant now) {
		CachedRun before = draft.before();
		boolean all = effects.clearSuspicion(draft.key().runId()) || draft.needsAllEffects();
		if (all && !handOver.mayRepeatEffects(draft)) {
			effects.suspectLost(draft.key().runId());
			all = false;
		}
		List<Effect> due = all ? Kernel.effectsOf(draft.run())
				: Kernel.effects((before != null) ? before.run() : null, draft.run(), draft.events());
		effects.carryOut(draft, due, now);
	}

	private void repeat(Draft draft, Instant now) {
		if (draft.needsAllEffects() || effects.isSuspectedLost(draft.key().runId())) {
			carryOut(draft, now);
		}
		else {
			if (draft.needsWake()) {
				effects.wakeAgain(draft.run());
			}
			effects.seeToUpdates(draft, now, false);
		}
	}

	private void answer(Draft draft) {
		updates.settle(draft);
		draft.answers().forEach((answer) -> answer.submission().answer().complete(answer.result()));
		draft.inputDurable();
	}

	private static String runId(RunWrite write) {
		return write.record().key().runId();
	}

}
