package io.reprise.jpa;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.RunPage;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunVersion;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoreException;
import io.reprise.spi.StoredRun;
import io.reprise.spi.StoredSnapshot;
import io.reprise.spi.StoredTransition;
import io.reprise.spi.WriteOutcome;

/** Keeps runs and histories in tables. */
final class JpaHistoryStore implements HistoryStore {

	/** How many ids a query names at most. */
	private static final int CHUNK = 500;

	/**
	 * How many runs a transaction deletes at most: each may have tens of thousands of
	 * rows.
	 */
	private static final int DELETE_CHUNK = 50;

	private final JpaPersistence persistence;

	private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);

	JpaHistoryStore(JpaPersistence persistence) {
		this.persistence = persistence;
	}

	@Override
	public void open() {
		persistence.open();
	}

	@Override
	public Instant now() {
		OpenStore store = persistence.store();
		Instant now = store.site().ownProcess() ? Instants.stored(Instant.now())
				: store.statement("read the clock", store.dialect()::now);
		return latest.accumulateAndGet(now, (one, other) -> one.isAfter(other) ? one : other);
	}

	@Override
	public boolean commitsInAnyThread() {
		return persistence.isOpen() && persistence.store().site().threads() == null;
	}

	/**
	 * Who loses to a rival that was quicker tries again at once, as others need not know.
	 */
	@Override
	public List<WriteOutcome> commit(List<RunWrite> writes) {
		try {
			return commitOnce(writes);
		}
		catch (StoreException ex) {
			if (!StoreErrors.isLostToRival(ex)) {
				throw ex;
			}
			return commitOnce(writes);
		}
	}

	private List<WriteOutcome> commitOnce(List<RunWrite> writes) {
		if (writes.isEmpty()) {
			return List.of();
		}
		OpenStore store = persistence.store();
		RunWrite write = writes.getFirst();
		if (writes.size() == 1 && !isConditional(write) && write.payloads().isEmpty() && store.writesAlone()) {
			String what = "write a transition of " + write.record().key();
			WriteOutcome outcome = store.statement(what, connection -> store.dialect().writeAlone(connection, write));
			return List.of(outcome);
		}
		String what = "write transitions of " + writes.size() + " runs";
		return store.writeAll(what, connection -> store.dialect().write(connection, writes));
	}

	/**
	 * What asks for other runs needs a transaction, in which the planner may not scan.
	 */
	private static boolean isConditional(RunWrite write) {
		return write.isCreation() && (write.latestStart() != null || write.record().status().isClosed());
	}

	@Override
	public List<StoredRun> load(Collection<String> runIds) {
		OpenStore store = persistence.store();
		List<String> ids = List.copyOf(new LinkedHashSet<>(runIds));
		List<StoredRun> runs = new ArrayList<>(ids.size());
		for (int i = 0; i < ids.size(); i += CHUNK) {
			List<String> chunk = ids.subList(i, Math.min(i + CHUNK, ids.size()));
			runs.addAll(store.readConsistently("load " + chunk.size() + " runs", () -> loadChunk(store, chunk)));
		}
		return runs;
	}

	private static List<StoredRun> loadChunk(OpenStore store, List<String> runIds) {
		return (runIds.size() == 1) ? loadOne(store, runIds.getFirst()).stream().toList() : loadMany(store, runIds);
	}

	/**
	 * The usual case. Hibernate translates queries with lists of values anew each time.
	 */
	private static Optional<StoredRun> loadOne(OpenStore store, String runId) {
		Optional<ExecutionEntity> run = store.tables().executions().find(runId);
		if (run.isEmpty()) {
			return Optional.empty();
		}
		StoredSnapshot snapshot = store.tables().snapshots().find(runId).map(SnapshotEntity::toSnapshot).orElse(null);
		List<StoredTransition> tail = store.tables()
			.histories()
			.findFrom(runId, (snapshot != null) ? snapshot.lastEventId() + 1 : 1);
		return Optional.of(new StoredRun(run.get().toRecord(), snapshot, tail, run.get().messagesLeft()));
	}

	private static List<StoredRun> loadMany(OpenStore store, List<String> runIds) {
		Map<String, StoredSnapshot> snapshots = new HashMap<>();
		for (SnapshotEntity snapshot : store.tables().snapshots().findAll(runIds)) {
			snapshots.put(snapshot.runId(), snapshot.toSnapshot());
		}
		Map<String, List<StoredTransition>> tails = new HashMap<>();
		for (HistoryEntity row : store.tables().histories().findTails(runIds)) {
			tails.computeIfAbsent(row.runId(), id -> new ArrayList<>()).add(row.toTransition());
		}
		List<StoredRun> runs = new ArrayList<>(runIds.size());
		for (ExecutionEntity run : store.tables().executions().findAll(runIds)) {
			runs.add(new StoredRun(run.toRecord(), snapshots.get(run.runId()),
					tails.getOrDefault(run.runId(), List.of()), run.messagesLeft()));
		}
		return runs;
	}

	@Override
	public Optional<RunRecord> findLatest(String namespace, String workflowId) {
		OpenStore store = persistence.store();
		ExecutionTable executions = store.tables().executions();
		byte[] key = WorkflowKey.of(namespace, workflowId);
		return store.read("find the latest run of workflow " + workflowId, () -> {
			Optional<ExecutionEntity> open = executions.findOpen(key);
			return open.or(() -> executions.findNewest(key)).map(ExecutionEntity::toRecord);
		});
	}

	@Override
	public Optional<RunRecord> find(String runId) {
		OpenStore store = persistence.store();
		return store.read("find run " + runId,
				() -> store.tables().executions().find(runId).map(ExecutionEntity::toRecord));
	}

	@Override
	public Optional<RunVersion> version(String runId) {
		OpenStore store = persistence.store();
		return store.read("look at run " + runId, () -> store.tables().executions().findVersion(runId));
	}

	@Override
	public List<StoredTransition> history(String runId, long fromEventId) {
		OpenStore store = persistence.store();
		return store.read("read the history of run " + runId,
				() -> store.tables().histories().findFrom(runId, fromEventId));
	}

	@Override
	public Optional<byte[]> payload(String runId, String id) {
		OpenStore store = persistence.store();
		return store.read("read a payload of run " + runId, () -> store.tables().payloads().find(runId, id));
	}

	@Override
	public List<DueRun> due(String nodeId, Collection<String> workflowTypes, Instant until, int limit) {
		if (workflowTypes.isEmpty()) {
			return List.of();
		}
		OpenStore store = persistence.store();
		return store.read("find due runs", () -> {
			List<DueRun> due = new ArrayList<>();
			for (ExecutionEntity run : store.tables()
				.executions()
				.findDue(nodeId, workflowTypes, Instants.stored(until), limit)) {
				Instant dueAt = run.nextDueAt();
				if (dueAt != null) {
					due.add(new DueRun(run.key(), dueAt));
				}
			}
			return due;
		});
	}

	@Override
	public List<ExecutionKey> owned(String nodeId, String after, int limit) {
		OpenStore store = persistence.store();
		return store.read("find the runs of node " + nodeId,
				() -> store.tables()
					.executions()
					.findOwned(nodeId, after, limit)
					.stream()
					.map(ExecutionEntity::key)
					.toList());
	}

	@Override
	public RunPage list(RunQuery query) {
		OpenStore store = persistence.store();
		RunLister lister = new RunLister(query);
		return store.read("list runs", () -> lister.list(store.unit().entityManager()));
	}

	@Override
	public long countStalled() {
		OpenStore store = persistence.store();
		return store.read("count stalled runs", () -> store.tables().executions().countStalled());
	}

	@Override
	public int deleteClosedBefore(Instant time, int limit) {
		OpenStore store = persistence.store();
		int deleted = 0;
		while (deleted < limit) {
			int chunk = Math.min(DELETE_CHUNK, limit - deleted);
			int found = store.writeLazily("delete runs that closed before " + time,
					() -> deleteChunk(store, time, chunk));
			deleted += found;
			if (found < chunk) {
				break;
			}
		}
		return deleted;
	}

	private static int deleteChunk(OpenStore store, Instant time, int limit) {
		List<String> runIds = store.unit()
			.onConnection(connection -> store.dialect().lockClosedBefore(connection, time, limit));
		if (!runIds.isEmpty()) {
			store.tables().histories().delete(runIds);
			store.tables().snapshots().delete(runIds);
			store.tables().payloads().delete(runIds);
			store.tables().inbox().delete(runIds);
			store.tables().executions().delete(runIds);
		}
		return runIds.size();
	}

	@Override
	public boolean offer(InboxEntry entry) {
		OpenStore store = persistence.store();
		String what = "leave a command for " + entry.key();
		SqlWork<Boolean> work = connection -> store.dialect().offer(connection, entry);
		return store.writesAlone() ? store.statement(what, work) : store.write(what, work);
	}

	@Override
	public List<InboxEntry> inbox(String nodeId, int limit) {
		OpenStore store = persistence.store();
		return store.read("read the inbox",
				() -> store.tables().inbox().findFor(nodeId, limit).stream().map(InboxEntity::toEntry).toList());
	}

	@Override
	public List<InboxEntry> inboxOf(String runId) {
		OpenStore store = persistence.store();
		return store.read("read the inbox of run " + runId,
				() -> store.tables().inbox().findOf(runId).stream().map(InboxEntity::toEntry).toList());
	}

	@Override
	public void removeFromInbox(Collection<InboxEntry> entries) {
		if (entries.isEmpty()) {
			return;
		}
		OpenStore store = persistence.store();
		store.writeLazily("remove " + entries.size() + " commands from the inbox",
				() -> store.unit().onConnection(connection -> {
					store.dialect().removeFromInbox(connection, entries);
					return true;
				}));
	}

}
