package io.reprise.engine;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.HistoryStore.DueRun;
import io.reprise.spi.InboxEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is looked for in the store from time to time, because nobody says it.
 */
final class Sweeps {

	private static final Logger logger = LoggerFactory.getLogger(Sweeps.class);

	private static final int CHUNK = 500;

	/** More than this is left to the next sweep, if none of it can be moved. */
	private static final int MOST = 20 * CHUNK;

	private final HistoryStore store;

	private final StoreClock clock;

	private final WakeUps wakeUps;

	private final Membership membership;

	private final EngineHealth health;

	private final EngineSettings settings;

	private final Function<Command, CompletableFuture<CommandResult>> gate;

	private final RunReader reader;

	private final Predicate<String> isInMemory;

	private final TroubledRuns troubled;

	private final ReentrantLock inboxLock = new ReentrantLock();

	Sweeps(HistoryStore store, StoreClock clock, WakeUps wakeUps, Membership membership, EngineHealth health,
			EngineSettings settings, Function<Command, CompletableFuture<CommandResult>> gate, RunReader reader,
			Predicate<String> isInMemory, TroubledRuns troubled) {
		this.store = store;
		this.clock = clock;
		this.wakeUps = wakeUps;
		this.membership = membership;
		this.health = health;
		this.settings = settings;
		this.gate = gate;
		this.reader = reader;
		this.isInMemory = isInMemory;
		this.troubled = troubled;
	}

	/**
	 * Runs with something due: those already due are seen to now, in chunks; those due
	 * before the next sweeps get a wake-up. A run that this node does not have in memory
	 * may be another node's, which wakes it to the moment; so that two do not run after
	 * the same timers, this one waits a little longer. An engine without others wakes
	 * them all to the moment, and has to know of all: it does not look again.
	 */
	void due() {
		Instant now = clock.now();
		troubled.wakeRested();
		fireOverdue(now);
		int limit = settings.mayHaveOthers() ? CHUNK : Integer.MAX_VALUE;
		Instant soon = now.plus(settings.sweepInterval().multipliedBy(3));
		for (DueRun run : store.due(membership.nodeId(), membership.workflowTypes(), soon, limit)) {
			if (!troubled.isResting(run.key())) {
				wakeUps.wakeAt(run.key(), wakeTime(run));
			}
		}
	}

	/**
	 * What cannot be moved now is found again before all others, so the next look goes so
	 * much further.
	 */
	private void fireOverdue(Instant now) {
		Set<ExecutionKey> stuck = new HashSet<>();
		int limit;
		int found;
		do {
			limit = CHUNK + stuck.size();
			List<DueRun> overdue = store.due(membership.nodeId(), membership.workflowTypes(), now, limit);
			found = overdue.size();
			fire(overdue, now, stuck);
		}
		while (found == limit && limit < MOST);
	}

	private void fire(List<DueRun> overdue, Instant now, Set<ExecutionKey> stuck) {
		Map<ExecutionKey, CompletableFuture<CommandResult>> answers = new LinkedHashMap<>();
		for (DueRun run : overdue) {
			if (wakeTime(run).isAfter(now) || troubled.isResting(run.key())) {
				stuck.add(run.key());
			}
			else if (!stuck.contains(run.key())) {
				answers.put(run.key(), gate.apply(new Command.FireDue(run.key())));
			}
		}
		answers.forEach((key, answer) -> {
			if (!hasMoved(troubled.await(key, answer))) {
				stuck.add(key);
			}
		});
	}

	private Instant wakeTime(DueRun run) {
		return (!settings.mayHaveOthers() || isInMemory.test(run.key().runId())) ? run.dueAt()
				: run.dueAt().plus(settings.sweepInterval().dividedBy(2));
	}

	private static boolean hasMoved(@Nullable CommandResult result) {
		return result instanceof CommandResult.Accepted || result instanceof CommandResult.Duplicate;
	}

	/**
	 * Commands that other nodes, or transactions of the application, left for this one.
	 * One sweep at a time: the next finds what came too late for this one.
	 */
	void inbox() {
		inboxLock.lock();
		try {
			emptyInbox();
		}
		finally {
			inboxLock.unlock();
		}
	}

	private void emptyInbox() {
		Housekeeping.inChunks(CHUNK, (limit) -> {
			List<InboxEntry> entries = store.inbox(membership.nodeId(), limit);
			Map<ExecutionKey, CompletableFuture<CommandResult>> answers = new LinkedHashMap<>();
			entries.stream()
				.map(InboxEntry::key)
				.filter((key) -> !troubled.isResting(key))
				.forEach((key) -> answers.computeIfAbsent(key, (run) -> gate.apply(new Command.TakeMessages(run))));
			Set<ExecutionKey> gone = new HashSet<>();
			int taken = 0;
			for (Map.Entry<ExecutionKey, CompletableFuture<CommandResult>> answer : answers.entrySet()) {
				switch (troubled.await(answer.getKey(), answer.getValue())) {
					case CommandResult.Accepted accepted -> taken++;
					case CommandResult.Rejected rejected -> gone.add(answer.getKey());
					case CommandResult.Duplicate duplicate -> taken++;
					case CommandResult.Stale stale -> {
						// Another node's now
					}
					case null -> {
						// Stays for the next try
					}
				}
			}
			store.removeFromInbox(entries.stream().filter((entry) -> gone.contains(entry.key())).toList());
			// What another node has to take would be found again at once.
			return (taken + gone.size() == 0) ? 0 : entries.size();
		});
	}

	/**
	 * Awaited runs that other nodes may have closed.
	 */
	void waiters() {
		reader.completeForeignWaiters();
	}

	void countStalled() {
		health.stalledRuns(store.countStalled());
	}

	void retention() {
		Instant before = clock.now().minus(settings.retention());
		int[] deleted = new int[1];
		Housekeeping.inChunks(CHUNK, (limit) -> {
			int count = store.deleteClosedBefore(before, limit);
			deleted[0] += count;
			return count;
		});
		if (deleted[0] > 0) {
			logger.info("Removed {} runs that closed before {}", deleted[0], before);
		}
	}

}
