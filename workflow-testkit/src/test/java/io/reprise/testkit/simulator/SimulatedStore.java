package io.reprise.testkit.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.RunPage;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunVersion;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoredRun;
import io.reprise.spi.StoredTransition;
import io.reprise.spi.WriteOutcome;

/**
 * The store as one node sees it.
 */
final class SimulatedStore implements HistoryStore, NodeRegistry {

	private final HistoryStore store;

	private final NodeRegistry registry;

	private final Interruptions calls;

	SimulatedStore(HistoryStore store, NodeRegistry registry, Interruptions calls) {
		this.store = store;
		this.registry = registry;
		this.calls = calls;
	}

	@Override
	public void open() {
		calls.read("open", () -> {
			store.open();
			return true;
		});
	}

	@Override
	public Instant now() {
		return calls.read("now", store::now);
	}

	@Override
	public boolean commitsInAnyThread() {
		return true;
	}

	@Override
	public List<WriteOutcome> commit(List<RunWrite> writes) {
		return calls.commit(writes, () -> store.commit(writes));
	}

	@Override
	public List<StoredRun> load(Collection<String> runIds) {
		return calls.read("load", () -> store.load(runIds));
	}

	@Override
	public Optional<RunRecord> findLatest(String namespace, String workflowId) {
		return calls.read("findLatest", () -> store.findLatest(namespace, workflowId));
	}

	@Override
	public Optional<RunRecord> find(String runId) {
		return calls.read("find", () -> store.find(runId));
	}

	@Override
	public Optional<RunVersion> version(String runId) {
		return calls.read("version", () -> store.version(runId));
	}

	@Override
	public List<StoredTransition> history(String runId, long fromEventId) {
		return calls.read("history", () -> store.history(runId, fromEventId));
	}

	@Override
	public Optional<byte[]> payload(String runId, String id) {
		return calls.read("payload", () -> store.payload(runId, id));
	}

	@Override
	public List<DueRun> due(String nodeId, Collection<String> workflowTypes, Instant until, int limit) {
		return calls.read("due", () -> store.due(nodeId, workflowTypes, until, limit));
	}

	@Override
	public List<ExecutionKey> owned(String nodeId, String after, int limit) {
		return calls.read("owned", () -> store.owned(nodeId, after, limit));
	}

	@Override
	public RunPage list(RunQuery query) {
		return calls.read("list", () -> store.list(query));
	}

	@Override
	public long countStalled() {
		return calls.read("countStalled", store::countStalled);
	}

	@Override
	public int deleteClosedBefore(Instant time, int limit) {
		return calls.write("deleteClosedBefore", () -> store.deleteClosedBefore(time, limit));
	}

	@Override
	public boolean offer(InboxEntry entry) {
		return calls.write("offer", () -> store.offer(entry));
	}

	@Override
	public List<InboxEntry> inboxOf(String runId) {
		return calls.read("inboxOf", () -> store.inboxOf(runId));
	}

	@Override
	public List<InboxEntry> inbox(String nodeId, int limit) {
		return calls.read("inbox", () -> store.inbox(nodeId, limit));
	}

	@Override
	public void removeFromInbox(Collection<InboxEntry> entries) {
		calls.write("removeFromInbox", () -> {
			store.removeFromInbox(entries);
			return true;
		});
	}

	@Override
	public void join(String nodeId, Duration lease) {
		calls.write("join", () -> {
			registry.join(nodeId, lease);
			return true;
		});
	}

	@Override
	public boolean renew(String nodeId, Duration lease) {
		return calls.write("renew", () -> registry.renew(nodeId, lease));
	}

	@Override
	public void leave(String nodeId, boolean drained) {
		calls.write("leave", () -> {
			registry.leave(nodeId, drained);
			return true;
		});
	}

	@Override
	public List<GoneNode> findGone(String nodeId) {
		return calls.read("findGone", () -> registry.findGone(nodeId));
	}

	@Override
	public List<ExecutionKey> adopt(String gone, String nodeId, Collection<String> workflowTypes, int limit) {
		return calls.write("adopt", () -> registry.adopt(gone, nodeId, workflowTypes, limit));
	}

	@Override
	public boolean forget(String gone) {
		return calls.write("forget", () -> registry.forget(gone));
	}

}
