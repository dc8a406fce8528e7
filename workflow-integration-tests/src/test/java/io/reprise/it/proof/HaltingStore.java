package io.reprise.it.proof;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.RunPage;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunVersion;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoredRun;
import io.reprise.spi.StoredTransition;
import io.reprise.spi.WriteOutcome;

/** A store at whose commits the process may end. */
final class HaltingStore implements HistoryStore {

	private final HistoryStore store;

	HaltingStore(HistoryStore store) {
		this.store = store;
	}

	@Override
	public List<WriteOutcome> commit(List<RunWrite> writes) {
		HaltPoint.BEFORE_COMMIT.pass();
		List<WriteOutcome> outcomes = store.commit(writes);
		HaltPoint.AFTER_COMMIT_BEFORE_ANSWER.pass();
		return outcomes;
	}

	@Override
	public void open() {
		store.open();
	}

	@Override
	public Instant now() {
		return store.now();
	}

	@Override
	public boolean commitsInAnyThread() {
		return store.commitsInAnyThread();
	}

	@Override
	public List<StoredRun> load(Collection<String> runIds) {
		return store.load(runIds);
	}

	@Override
	public Optional<RunRecord> findLatest(String namespace, String workflowId) {
		return store.findLatest(namespace, workflowId);
	}

	@Override
	public Optional<RunRecord> find(String runId) {
		return store.find(runId);
	}

	@Override
	public Optional<RunVersion> version(String runId) {
		return store.version(runId);
	}

	@Override
	public List<StoredTransition> history(String runId, long fromEventId) {
		return store.history(runId, fromEventId);
	}

	@Override
	public Optional<byte[]> payload(String runId, String id) {
		return store.payload(runId, id);
	}

	@Override
	public List<DueRun> due(String nodeId, Collection<String> workflowTypes, Instant until, int limit) {
		return store.due(nodeId, workflowTypes, until, limit);
	}

	@Override
	public List<ExecutionKey> owned(String nodeId, String after, int limit) {
		return store.owned(nodeId, after, limit);
	}

	@Override
	public RunPage list(RunQuery query) {
		return store.list(query);
	}

	@Override
	public long countStalled() {
		return store.countStalled();
	}

	@Override
	public int deleteClosedBefore(Instant time, int limit) {
		return store.deleteClosedBefore(time, limit);
	}

	@Override
	public boolean offer(InboxEntry entry) {
		return store.offer(entry);
	}

	@Override
	public List<InboxEntry> inboxOf(String runId) {
		return store.inboxOf(runId);
	}

	@Override
	public List<InboxEntry> inbox(String nodeId, int limit) {
		return store.inbox(nodeId, limit);
	}

	@Override
	public void removeFromInbox(Collection<InboxEntry> entries) {
		store.removeFromInbox(entries);
	}

}
