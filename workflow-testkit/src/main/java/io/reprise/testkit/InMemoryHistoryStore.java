package io.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.RunPage;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunVersion;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoreException;
import io.reprise.spi.StoreException.Outcome;
import io.reprise.spi.StoredRun;
import io.reprise.spi.StoredTransition;
import io.reprise.spi.WriteOutcome;
import org.jspecify.annotations.Nullable;

/**
 * A store and its registry of nodes in memory, for tests: as exact as a database, on a
 * clock of the test's choice, in an order that is the same in every run, and failing when
 * it is told to. Nothing survives the process.
 * <p>
 * Safe for use by many threads; one lock guards it all, so every call is atomic.
 */
public final class InMemoryHistoryStore implements HistoryStore, NodeRegistry {

	private final InstantSource clock;

	private final ReentrantLock lock = new ReentrantLock();

	private final RunTable runs = new RunTable();

	private final NodeTable nodes = new NodeTable();

	private final InboxTable inbox = new InboxTable();

	private final StoreFaults faults = new StoreFaults();

	private volatile Runnable failureListener = () -> {
	};

	private Instant lastTime = Instant.EPOCH;

	/**
	 * An empty store.
	 * @param clock its clock, read to the microsecond; if it goes back, the store's time
	 * stands still meanwhile
	 */
	public InMemoryHistoryStore(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Lets a commit fail with nothing written. Each call lets one more commit fail, in
	 * the order of the calls.
	 * @param outcome what the failure says, {@link Outcome#UNKNOWN} included
	 */
	public void failNext(Outcome outcome) {
		guarded(() -> faults.failCommit(outcome, false));
	}

	/**
	 * Lets a commit fail with {@link Outcome#UNKNOWN} although it was written, as when
	 * the connection breaks before the answer. Queues up with {@link #failNext(Outcome)}.
	 */
	public void failNextAfterWriting() {
		guarded(() -> faults.failCommit(Outcome.UNKNOWN, true));
	}

	/**
	 * Lets every call fail with {@link Outcome#NOTHING_WRITTEN}, or ends that. Failures
	 * of commits that are planned wait until the store is up again.
	 * @param down whether the store is down
	 */
	public void setDown(boolean down) {
		guarded(() -> faults.down(down));
	}

	/**
	 * Whether the last call failed.
	 * @return {@code true} if so
	 */
	boolean isFailing() {
		lock.lock();
		try {
			return faults.isFailing();
		}
		finally {
			lock.unlock();
		}
	}

	/** Tells somebody of every call that fails, in the thread that called. */
	void onFailure(Runnable listener) {
		failureListener = listener;
	}

	/** Brings the store up and forgets all failures planned. */
	public void clearFailures() {
		guarded(faults::clear);
	}

	/** Removes all runs, and what is left in the inbox. Nodes stay. */
	public void clear() {
		guarded(() -> {
			runs.clear();
			inbox.clear();
		});
	}

	/**
	 * Lets the process of a node die: it is gone at once, whatever its lease.
	 * @param nodeId id of the incarnation
	 */
	public void killNode(String nodeId) {
		guarded(() -> nodes.declareDead(nodeId));
	}

	@Override
	public void open() {
		answer(() -> true);
	}

	@Override
	public Instant now() {
		return answer(this::time);
	}

	@Override
	public boolean commitsInAnyThread() {
		return true;
	}

	@Override
	public List<WriteOutcome> commit(List<RunWrite> writes) {
		return answer(() -> {
			StoreFaults.Fault fault = faults.nextCommit();
			if (fault == null) {
				return runs.commit(writes);
			}
			if (fault.written()) {
				runs.commit(writes);
			}
			throw fault.exception();
		});
	}

	@Override
	public List<StoredRun> load(Collection<String> runIds) {
		return answer(() -> new LinkedHashSet<>(runIds).stream()
			.flatMap(runId -> Stream.ofNullable(runs.load(runId)))
			.toList());
	}

	@Override
	public Optional<RunRecord> findLatest(String namespace, String workflowId) {
		return answer(() -> Optional.ofNullable(runs.findOpen(namespace, workflowId))
			.or(() -> runs.all()
				.stream()
				.filter(run -> run.key().namespace().equals(namespace) && run.key().workflowId().equals(workflowId))
				.max(Comparator.comparing(RunRecord::startTime).thenComparing(run -> run.key().runId()))));
	}

	@Override
	public Optional<RunRecord> find(String runId) {
		return answer(() -> Optional.ofNullable(runs.find(runId)));
	}

	@Override
	public Optional<RunVersion> version(String runId) {
		return answer(() -> Optional.ofNullable(runs.find(runId))
			.map(run -> new RunVersion(run.version(), inbox.of(runId).findAny().isPresent())));
	}

	@Override
	public List<StoredTransition> history(String runId, long fromEventId) {
		return answer(() -> runs.history(runId, fromEventId));
	}

	@Override
	public Optional<byte[]> payload(String runId, String id) {
		return answer(() -> Optional.ofNullable(runs.payload(runId, id)));
	}

	@Override
	public List<DueRun> due(String nodeId, Collection<String> workflowTypes, Instant until, int limit) {
		return answer(() -> openRuns().filter(run -> run.owner() == null || run.owner().equals(nodeId))
			.filter(run -> workflowTypes.contains(run.workflowType()))
			.flatMap(run -> Stream.ofNullable(run.nextDueAt()).map(dueAt -> new DueRun(run.key(), dueAt)))
			.filter(due -> !due.dueAt().isAfter(until))
			.sorted(Comparator.comparing(DueRun::dueAt).thenComparing(due -> due.key().runId()))
			.limit(limit)
			.toList());
	}

	@Override
	public List<ExecutionKey> owned(String nodeId, String after, int limit) {
		return answer(() -> runs.ownedBy(nodeId)
			.map(RunRecord::key)
			.filter(key -> key.runId().compareTo(after) > 0)
			.sorted(Comparator.comparing(ExecutionKey::runId))
			.limit(limit)
			.toList());
	}

	@Override
	public RunPage list(RunQuery query) {
		return answer(() -> new RunSelection(query).select(runs.all()));
	}

	@Override
	public long countStalled() {
		return answer(() -> openRuns().filter(run -> run.stall() != null).count());
	}

	@Override
	public int deleteClosedBefore(Instant time, int limit) {
		return answer(() -> {
			Set<String> expired = runs.all()
				.stream()
				.filter(run -> run.owner() == null)
				.flatMap(run -> Stream.ofNullable(run.closeTime()).map(closed -> new Closed(run.key().runId(), closed)))
				.filter(closed -> closed.at().isBefore(time))
				.sorted(Comparator.comparing(Closed::at).thenComparing(Closed::runId))
				.limit(limit)
				.map(Closed::runId)
				.collect(Collectors.toSet());
			runs.deleteAll(expired);
			inbox.removeAllOf(expired);
			return expired.size();
		});
	}

	@Override
	public boolean offer(InboxEntry entry) {
		return answer(() -> {
			boolean open = runs.announceMessage(entry.key().runId());
			if (open) {
				inbox.add(entry);
			}
			return open;
		});
	}

	@Override
	public List<InboxEntry> inbox(String nodeId, int limit) {
		return answer(() -> inbox.all().filter(entry -> mayDecide(nodeId, entry.key().runId())).limit(limit).toList());
	}

	@Override
	public List<InboxEntry> inboxOf(String runId) {
		return answer(() -> inbox.of(runId).toList());
	}

	@Override
	public void removeFromInbox(Collection<InboxEntry> entries) {
		answer(() -> {
			entries.forEach(inbox::remove);
			return true;
		});
	}

	@Override
	public void join(String nodeId, Duration lease) {
		answer(() -> {
			nodes.join(nodeId, time().plus(lease));
			return true;
		});
	}

	@Override
	public boolean renew(String nodeId, Duration lease) {
		return answer(() -> nodes.renew(nodeId, time(), lease));
	}

	@Override
	public void leave(String nodeId, boolean drained) {
		answer(() -> {
			nodes.leave(nodeId, drained);
			return true;
		});
	}

	/**
	 * {@inheritDoc} An owner that never joined, or was forgotten and then created a run,
	 * counts as gone.
	 */
	@Override
	public List<GoneNode> findGone(String nodeId) {
		return answer(() -> {
			Stream<GoneNode> strangers = runs.owners()
				.filter(owner -> !nodes.isKnown(owner))
				.map(owner -> new GoneNode(owner, NodeRegistry.isUnclaimed(owner)));
			return Stream.concat(nodes.gone(time()).stream(), strangers)
				.filter(gone -> !gone.nodeId().equals(nodeId))
				.toList();
		});
	}

	/**
	 * {@inheritDoc} Declares it dead. Takes nothing from a node that is alive.
	 */
	@Override
	public List<ExecutionKey> adopt(String gone, String nodeId, Collection<String> workflowTypes, int limit) {
		return answer(() -> {
			if (gone.equals(nodeId) || workflowTypes.isEmpty() || nodes.isAlive(gone, time())) {
				return List.of();
			}
			nodes.declareDead(gone);
			List<ExecutionKey> adopted = runs.ownedBy(gone)
				.filter(run -> run.status().isClosed() || workflowTypes.contains(run.workflowType()))
				.limit(limit)
				.map(RunRecord::key)
				.toList();
			adopted.forEach(key -> runs.changeOwner(key.runId(), nodeId));
			return adopted;
		});
	}

	/**
	 * {@inheritDoc} Nor forgets a node that is alive.
	 */
	@Override
	public boolean forget(String gone) {
		return answer(() -> {
			if (runs.ownedBy(gone).findAny().isPresent() || nodes.isAlive(gone, time())) {
				return false;
			}
			nodes.remove(gone);
			return true;
		});
	}

	private Stream<RunRecord> openRuns() {
		return runs.all().stream().filter(run -> !run.status().isClosed());
	}

	private boolean mayDecide(String nodeId, String runId) {
		RunRecord run = runs.find(runId);
		return run == null || run.owner() == null || run.owner().equals(nodeId);
	}

	private Instant time() {
		Instant time = clock.instant().truncatedTo(ChronoUnit.MICROS);
		lastTime = time.isBefore(lastTime) ? lastTime : time;
		return lastTime;
	}

	private <T extends @Nullable Object> T answer(Supplier<T> work) {
		try {
			return answerLocked(work);
		}
		catch (StoreException ex) {
			failureListener.run();
			throw ex;
		}
	}

	private <T extends @Nullable Object> T answerLocked(Supplier<T> work) {
		lock.lock();
		try {
			faults.failing(true);
			faults.checkUp();
			T result = work.get();
			faults.failing(false);
			return result;
		}
		finally {
			lock.unlock();
		}
	}

	private void guarded(Runnable work) {
		lock.lock();
		try {
			work.run();
		}
		finally {
			lock.unlock();
		}
	}

	private record Closed(String runId, Instant at) {

	}

}
