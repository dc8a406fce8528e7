package io.reprise.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.reprise.WorkflowNotFoundException;
import io.reprise.kernel.Run;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.RecordedEvent;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.RunPage;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunVersion;
import io.reprise.spi.StoreException;
import io.reprise.spi.StoredRun;
import org.jspecify.annotations.Nullable;

/**
 * Reads runs. What it says is committed; nothing it does changes a run.
 */
public final class RunReader {

	private final HistoryStore store;

	private final RunCache cache;

	private final RunWaiters waiters;

	private final Supplier<String> nodeId;

	private final Runnable inboxSearch;

	RunReader(HistoryStore store, RunCache cache, RunWaiters waiters, Supplier<String> nodeId, Runnable inboxSearch) {
		this.store = store;
		this.cache = cache;
		this.waiters = waiters;
		this.nodeId = nodeId;
		this.inboxSearch = inboxSearch;
	}

	/**
	 * Names the run that a key means.
	 * @param key a run, or the latest run if its run id is empty
	 * @return the run
	 * @throws WorkflowNotFoundException if there is none
	 */
	public ExecutionKey resolve(ExecutionKey key) {
		if (!key.runId().isEmpty()) {
			return key;
		}
		String open = cache.openRun(key.namespace(), key.workflowId());
		if (open != null) {
			return new ExecutionKey(key.namespace(), key.workflowId(), open);
		}
		return store.findLatest(key.namespace(), key.workflowId()).map(RunRecord::key).orElseThrow(() -> notFound(key));
	}

	/**
	 * A run as it stands, with its record. What is in memory is used if the store says
	 * that it is still true: another node may have gone on with the run, and a node that
	 * was out of touch does not know that it lost it.
	 * @param key a run, or the latest run if its run id is empty
	 * @return the run
	 * @throws WorkflowNotFoundException if there is none
	 */
	public RunView read(ExecutionKey key) {
		ExecutionKey resolved = resolve(key);
		RunView view = readOne(resolved);
		if (key.runId().isEmpty() && (view == null || !view.isOpen())) {
			// The latest run when it was last heard of
			cache.remove(resolved.runId());
			view = readOne(resolve(key));
		}
		if (view == null) {
			throw notFound(key);
		}
		return view;
	}

	private @Nullable RunView readOne(ExecutionKey key) {
		RunVersion stored = store.version(key.runId()).orElse(null);
		if (stored == null) {
			return null;
		}
		if (stored.messageWaiting()) {
			inboxSearch.run();
		}
		CachedRun run = cache.get(key.runId());
		if (run == null || run.record().version() != stored.version()) {
			List<StoredRun> loaded = store.load(List.of(key.runId()));
			if (loaded.isEmpty()) {
				return null;
			}
			run = RunCodec.read(loaded.getFirst());
		}
		return new RunView(run.record(), run.run(), stored.messageWaiting());
	}

	public List<RecordedEvent> history(String runId) {
		return RunCodec.events(store.history(runId, 1));
	}

	public RunPage list(RunQuery query) {
		return store.list(query);
	}

	/**
	 * Completed when a run has closed.
	 * @param key the run
	 * @return the future; cancel it to give up
	 * @throws WorkflowNotFoundException if there is none
	 */
	public CompletableFuture<ClosedRun> whenClosed(ExecutionKey key) {
		CompletableFuture<ClosedRun> future = waiters.untilClosed(key.runId());
		try {
			CachedRun cached = cache.get(key.runId());
			if (cached == null || !cached.isOpen() || !nodeId.get().equals(cached.record().owner())) {
				ClosedRun closed = findClosed(key);
				if (closed != null) {
					future.complete(closed);
				}
			}
			return future;
		}
		catch (StoreException ex) {
			// Whoever waits goes on waiting: awaited runs are looked at again and again.
			return future;
		}
		catch (RuntimeException ex) {
			future.cancel(false);
			throw ex;
		}
	}

	/**
	 * The run that follows a closed one.
	 * @param key the closed run
	 * @return the next run, or {@code null} if the workflow has come to its end
	 */
	@Nullable ExecutionKey next(ExecutionKey key) {
		ClosedRun closed = findClosed(key);
		return (closed != null) ? closed.next() : null;
	}

	/**
	 * Completed when no turn of a run is outstanding.
	 * @param runId the run
	 * @return the future; cancel it to give up
	 */
	public CompletableFuture<Void> whenSettled(String runId) {
		return waiters.untilSettled(runId);
	}

	void completeForeignWaiters() {
		for (String runId : waiters.awaited()) {
			CachedRun cached = cache.get(runId);
			if (cached != null && nodeId.get().equals(cached.record().owner())) {
				continue;
			}
			Optional<RunRecord> record = store.find(runId);
			if (record.isPresent() && record.get().status().isClosed()) {
				ClosedRun closed = findClosed(record.get().key());
				if (closed != null) {
					waiters.complete(closed);
				}
			}
		}
	}

	private @Nullable ClosedRun findClosed(ExecutionKey key) {
		RunRecord record = store.find(key.runId()).orElseThrow(() -> notFound(key));
		if (!record.status().isClosed()) {
			return null;
		}
		StoredRun stored = store.load(List.of(key.runId())).getFirst();
		HistoryEvent last = RunCodec.events(stored.tail()).getLast().event();
		return new ClosedRun(stored.record().key(), record.workflowType(), record.status(), last);
	}

	private static WorkflowNotFoundException notFound(ExecutionKey key) {
		return new WorkflowNotFoundException(key.runId().isEmpty()
				? "Expected a workflow with id '%s', but there is none. Check the id, or start it first"
					.formatted(key.workflowId())
				: "Expected run '%s' of workflow '%s', but there is none. It may have been removed after the retention period"
					.formatted(key.runId(), key.workflowId()));
	}

	/**
	 * A run as it stands.
	 *
	 * @param record its record
	 * @param run its state and overlay
	 * @param messageWaiting whether a message was left for it that it had not taken
	 */
	public record RunView(RunRecord record, Run run, boolean messageWaiting) {

		public boolean isOpen() {
			return !run.state().isClosed();
		}

		/**
		 * Whether it has seen all that was acknowledged before it was read.
		 * @return {@code true} if so
		 */
		public boolean isSettled() {
			return !isOpen() || (RunWaiters.isSettled(run) && !messageWaiting);
		}

	}

}
