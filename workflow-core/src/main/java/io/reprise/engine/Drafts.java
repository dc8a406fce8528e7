package io.reprise.engine;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.reprise.protocol.Command;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.StoredRun;
import org.jspecify.annotations.Nullable;

/**
 * The runs that one batch decides on, as its decisions leave them. They come from memory,
 * or from the store.
 */
final class Drafts {

	private final HistoryStore store;

	private final RunCache cache;

	private final Inbox inbox;

	private final String nodeId;

	private final BatchTime time;

	private final Map<String, Draft> drafts = new LinkedHashMap<>();

	/** Those that were open when they came, by their workflow id. */
	private final Map<WorkflowRef, Draft> openByWorkflow = new HashMap<>();

	/** Read ahead, and not used yet. */
	private final Map<String, StoredRun> loaded = new HashMap<>();

	Drafts(HistoryStore store, RunCache cache, Inbox inbox, String nodeId, BatchTime time) {
		this.store = store;
		this.cache = cache;
		this.inbox = inbox;
		this.nodeId = nodeId;
		this.time = time;
	}

	Collection<Draft> all() {
		return drafts.values();
	}

	/**
	 * Reads at once what the commands of a batch need and is not in memory.
	 * @param submissions the commands
	 */
	void loadFor(List<Submission> submissions) {
		Set<String> missing = new LinkedHashSet<>();
		for (Submission submission : submissions) {
			Command command = submission.command();
			String runId = command.key().runId();
			if (!(command instanceof Command.StartWorkflow) && !runId.isEmpty()
					&& (isReadAnew(command) || cache.get(runId) == null)) {
				missing.add(runId);
			}
		}
		if (missing.size() > 1) {
			store.load(missing).forEach((run) -> loaded.put(run.record().key().runId(), run));
		}
	}

	private static boolean isReadAnew(Command command) {
		return command instanceof Command.AdoptRun || command instanceof Command.TakeMessages;
	}

	/**
	 * Whether this batch has to do with a run.
	 * @param key the run
	 * @return {@code true} if so
	 */
	boolean has(ExecutionKey key) {
		return drafts.containsKey(key.runId());
	}

	void add(Draft draft) {
		drafts.put(draft.key().runId(), draft);
		if (draft.isOpen()) {
			openByWorkflow.put(WorkflowRef.of(draft.key()), draft);
		}
	}

	/**
	 * The draft of a run: from this batch, from memory, or from the store.
	 * @param key a run, or the latest run if its run id is empty
	 * @param fresh whether memory may be wrong about which run is the latest
	 * @return the draft, or {@code null} if there is no such run
	 */
	@Nullable Draft find(ExecutionKey key, boolean fresh) {
		String runId = key.runId();
		if (runId.isEmpty()) {
			runId = latestRunId(key, fresh);
			if (runId == null) {
				return null;
			}
		}
		Draft draft = drafts.get(runId);
		if (draft != null) {
			return draft;
		}
		CachedRun cached = cache.get(runId);
		if (cached != null) {
			draft = new Draft(cached.record().key(), cached);
			add(draft);
			return draft;
		}
		CachedRun run = load(runId);
		if (run == null) {
			return null;
		}
		draft = new Draft(run.record().key(), run);
		add(draft);
		takeIn(draft, run);
		return draft;
	}

	/**
	 * The open run of a workflow id, if this batch has to do with it.
	 * @param key names the workflow id
	 * @return the draft, or {@code null}
	 */
	@Nullable Draft findOpen(ExecutionKey key) {
		Draft draft = openByWorkflow.get(WorkflowRef.of(key));
		return (draft != null && draft.isOpen()) ? draft : null;
	}

	/**
	 * Whether this batch creates another run of the same workflow id, which was not known
	 * to have one.
	 * @param draft a run
	 * @return {@code true} if so
	 */
	boolean hasCreationBeside(Draft draft) {
		WorkflowRef workflow = WorkflowRef.of(draft.key());
		return drafts.values()
			.stream()
			.anyMatch((other) -> other != draft && other.before() == null && other.isOpen()
					&& WorkflowRef.of(other.key()).equals(workflow));
	}

	/**
	 * Forgets what is known of a run, so that it is read anew, unless this batch changes
	 * it: that is written, which tells whether it was true.
	 * @param key the run
	 */
	void readAnew(ExecutionKey key) {
		Draft remembered = drafts.get(key.runId());
		if (remembered != null && remembered.isChanged()) {
			return;
		}
		cache.remove(key.runId());
		if (remembered == null) {
			return;
		}
		drafts.remove(key.runId());
		openByWorkflow.remove(WorkflowRef.of(key), remembered);
		Draft draft = find(key, true);
		if (draft != null) {
			draft.takeOver(remembered);
		}
		else {
			remembered.answers().forEach((answer) -> answer.submission().answer().complete(answer.result()));
		}
	}

	private @Nullable CachedRun load(String runId) {
		StoredRun stored = loaded.remove(runId);
		if (stored == null) {
			List<StoredRun> found = store.load(List.of(runId));
			stored = found.isEmpty() ? null : found.getFirst();
		}
		return (stored != null) ? RunCodec.read(stored) : null;
	}

	/**
	 * A run is remembered with the number of messages that were left for it, so it must
	 * have taken them. If it takes some now, it is remembered once that is durable.
	 * Another node's run has not, and what is known of it is soon out of date.
	 */
	private void takeIn(Draft draft, CachedRun run) {
		if (!run.isOpen() || !draft.isOwnedOrIdle(nodeId)) {
			return;
		}
		if (run.messagesSeen() > 0) {
			inbox.take(draft, time.contextOf(draft), time.now());
		}
		if (draft.messages().isEmpty()) {
			cache.put(run);
		}
	}

	private @Nullable String latestRunId(ExecutionKey key, boolean fresh) {
		Draft open = findOpen(key);
		if (open != null) {
			return open.key().runId();
		}
		String cached = fresh ? null : cache.openRun(key.namespace(), key.workflowId());
		if (cached != null) {
			return cached;
		}
		return store.findLatest(key.namespace(), key.workflowId()).map((record) -> record.key().runId()).orElse(null);
	}

	private record WorkflowRef(String namespace, String workflowId) {

		static WorkflowRef of(ExecutionKey key) {
			return new WorkflowRef(key.namespace(), key.workflowId());
		}

	}

}
