package io.reprise.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoreException;
import io.reprise.spi.StoreException.Outcome;
import io.reprise.spi.StoredPayload;
import io.reprise.spi.StoredRun;
import io.reprise.spi.StoredSnapshot;
import io.reprise.spi.StoredTransition;
import io.reprise.spi.WriteOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a store in memory, in order of creation. Keeps and gives copies of all
 * bytes. Guarded by the lock of the store it belongs to.
 */
final class RunTable {

	private final SequencedMap<String, Row> rows = new LinkedHashMap<>();

	private final Map<OpenKey, String> openRuns = new HashMap<>();

	/**
	 * Changes come before creations, so that a run that closes makes room for the next
	 * one of its workflow id, wherever the two stand in the list.
	 */
	List<WriteOutcome> commit(List<RunWrite> writes) {
		checkAll(writes);
		WriteOutcome[] outcomes = new WriteOutcome[writes.size()];
		Set<OpenKey> lost = new HashSet<>();
		for (boolean creation : new boolean[] { false, true }) {
			for (int i = 0; i < outcomes.length; i++) {
				RunWrite write = writes.get(i);
				if (write.isCreation() == creation) {
					outcomes[i] = creation ? create(write, lost) : change(write, lost);
				}
			}
		}
		return List.of(outcomes);
	}

	private WriteOutcome create(RunWrite write, Set<OpenKey> lost) {
		ExecutionKey key = write.record().key();
		if (lost.contains(OpenKey.of(key))) {
			return WriteOutcome.OPEN_RUN_EXISTS;
		}
		if (rows.containsKey(key.runId())) {
			return WriteOutcome.LOST_RACE;
		}
		if (openRuns.containsKey(OpenKey.of(key))) {
			return WriteOutcome.OPEN_RUN_EXISTS;
		}
		if (isOutdated(write)) {
			return WriteOutcome.NEWER_RUN_EXISTS;
		}
		put(write, new Row(write.record()));
		return WriteOutcome.WRITTEN;
	}

	private boolean isOutdated(RunWrite write) {
		Instant latest = write.latestStart();
		return latest != null && rows.values()
			.stream()
			.map((row) -> row.record)
			.anyMatch((other) -> OpenKey.of(other.key()).equals(OpenKey.of(write.record().key()))
					&& other.startTime().isAfter(latest));
	}

	private WriteOutcome change(RunWrite write, Set<OpenKey> lost) {
		Row row = rows.get(write.record().key().runId());
		if (row == null || row.record.version() != write.expectedVersion()) {
			lost.add(OpenKey.of(write.record().key()));
			return WriteOutcome.LOST_RACE;
		}
		if (row.messagesLeft > write.messagesSeen()) {
			lost.add(OpenKey.of(write.record().key()));
			return WriteOutcome.MESSAGE_LEFT;
		}
		put(write, row);
		return WriteOutcome.WRITTEN;
	}

	/** Tells an open run of a message. */
	boolean announceMessage(String runId) {
		Row row = rows.get(runId);
		if (row == null || row.record.status().isClosed()) {
			return false;
		}
		row.messagesLeft++;
		return true;
	}

	private void put(RunWrite write, Row row) {
		ExecutionKey key = write.record().key();
		rows.put(key.runId(), row);
		row.record = copy(write.record());
		if (write.record().status().isClosed()) {
			openRuns.remove(OpenKey.of(key), key.runId());
		}
		else {
			openRuns.put(OpenKey.of(key), key.runId());
		}
		if (write.appended() != null) {
			row.history.put(write.appended().firstEventId(), copy(write.appended()));
		}
		if (write.snapshot() != null) {
			row.snapshot = copy(write.snapshot());
		}
		for (StoredPayload payload : write.payloads()) {
			byte[] body = (payload.body() != null) ? payload.body().clone()
					: payload(String.valueOf(payload.copiedFrom()), payload.id());
			if (body != null) {
				row.payloads.putIfAbsent(payload.id(), body);
			}
		}
	}

	byte @Nullable [] payload(String runId, String id) {
		Row row = rows.get(runId);
		byte[] body = (row != null) ? row.payloads.get(id) : null;
		return (body != null) ? body.clone() : null;
	}

	/** What a database would refuse, it refuses before anything is written. */
	private void checkAll(List<RunWrite> writes) {
		Set<String> runIds = new HashSet<>();
		for (RunWrite write : writes) {
			ExecutionKey key = write.record().key();
			if (!runIds.add(key.runId())) {
				throw refused("Expected at most one write for each run, but found two for " + key);
			}
			if (write.record().version() != write.expectedVersion() + 1) {
				throw refused("Expected version %d in the write for %s, but found %d"
					.formatted(write.expectedVersion() + 1, key, write.record().version()));
			}
			Row row = rows.get(key.runId());
			if (row != null && row.record.version() == write.expectedVersion()) {
				checkChange(write, row);
			}
		}
	}

	private void checkChange(RunWrite write, Row row) {
		ExecutionKey key = write.record().key();
		if (write.appended() != null && row.history.containsKey(write.appended().firstEventId())) {
			throw refused("Expected new events for %s, but there are such from event %d on already".formatted(key,
					write.appended().firstEventId()));
		}
		if (row.record.status().isClosed() && !write.record().status().isClosed()) {
			throw refused("Expected that a closed run stays closed, but the write opens " + key);
		}
	}

	@Nullable RunRecord find(String runId) {
		Row row = rows.get(runId);
		return (row != null) ? copy(row.record) : null;
	}

	@Nullable RunRecord findOpen(String namespace, String workflowId) {
		String runId = openRuns.get(new OpenKey(namespace, workflowId));
		return (runId != null) ? find(runId) : null;
	}

	@Nullable StoredRun load(String runId) {
		Row row = rows.get(runId);
		if (row == null) {
			return null;
		}
		StoredSnapshot snapshot = row.snapshot;
		long seen = (snapshot != null) ? snapshot.lastEventId() : 0;
		return new StoredRun(copy(row.record), (snapshot != null) ? copy(snapshot) : null, history(runId, seen + 1),
				row.messagesLeft);
	}

	List<StoredTransition> history(String runId, long fromEventId) {
		Row row = rows.get(runId);
		return (row != null) ? row.history.tailMap(fromEventId, true).values().stream().map(RunTable::copy).toList()
				: List.of();
	}

	List<RunRecord> all() {
		List<RunRecord> all = new ArrayList<>(rows.size());
		rows.values().forEach(row -> all.add(copy(row.record)));
		return all;
	}

	Stream<String> owners() {
		return all().stream().flatMap(run -> Stream.ofNullable(run.owner())).distinct();
	}

	Stream<RunRecord> ownedBy(String node) {
		return all().stream().filter(run -> node.equals(run.owner()));
	}

	void clear() {
		rows.clear();
		openRuns.clear();
	}

	void deleteAll(Collection<String> runIds) {
		for (String runId : runIds) {
			Row row = rows.remove(runId);
			if (row != null) {
				openRuns.remove(OpenKey.of(row.record.key()), runId);
			}
		}
	}

	void changeOwner(String runId, String owner) {
		Row row = rows.get(runId);
		if (row != null) {
			RunRecord run = row.record;
			row.record = new RunRecord(run.key(), run.workflowType(), run.taskQueue(), run.startRequestId(),
					run.status(), run.version() + 1, owner, run.nextDueAt(), run.startTime(), run.closeTime(),
					run.historyEvents(), run.historyBytes(), run.stall(), run.overlay());
		}
	}

	private static RunRecord copy(RunRecord run) {
		byte[] overlay = run.overlay();
		return (overlay != null) ? new RunRecord(run.key(), run.workflowType(), run.taskQueue(), run.startRequestId(),
				run.status(), run.version(), run.owner(), run.nextDueAt(), run.startTime(), run.closeTime(),
				run.historyEvents(), run.historyBytes(), run.stall(), overlay.clone()) : run;
	}

	private static StoredTransition copy(StoredTransition transition) {
		return new StoredTransition(transition.firstEventId(), transition.body().clone());
	}

	private static StoredSnapshot copy(StoredSnapshot snapshot) {
		return new StoredSnapshot(snapshot.lastEventId(), snapshot.body().clone());
	}

	private static StoreException refused(String message) {
		return new StoreException(Outcome.REFUSED, message, null);
	}

	private record OpenKey(String namespace, String workflowId) {

		static OpenKey of(ExecutionKey key) {
			return new OpenKey(key.namespace(), key.workflowId());
		}

	}

	private static final class Row {

		private final TreeMap<Long, StoredTransition> history = new TreeMap<>();

		private final Map<String, byte[]> payloads = new HashMap<>();

		private RunRecord record;

		private @Nullable StoredSnapshot snapshot;

		private long messagesLeft;

		Row(RunRecord record) {
			this.record = record;
		}

	}

}
