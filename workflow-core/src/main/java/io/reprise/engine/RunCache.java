package io.reprise.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The runs used last. What it says may be out of date where several nodes share a store;
 * the version check of the commit tells.
 */
final class RunCache {

	private final ReentrantLock lock = new ReentrantLock();

	private final LinkedHashMap<String, CachedRun> runs = new LinkedHashMap<>(64, 0.75f, true);

	private final Map<String, String> openRuns = new HashMap<>();

	private final int capacity;

	RunCache(int capacity) {
		this.capacity = capacity;
	}

	@Nullable CachedRun get(String runId) {
		lock.lock();
		try {
			return runs.get(runId);
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * The open run of a workflow id, if it is here.
	 * @param namespace the namespace
	 * @param workflowId the workflow id
	 * @return the run id, or {@code null}
	 */
	@Nullable String openRun(String namespace, String workflowId) {
		lock.lock();
		try {
			return openRuns.get(openKey(namespace, workflowId));
		}
		finally {
			lock.unlock();
		}
	}

	void put(CachedRun run) {
		lock.lock();
		try {
			String runId = run.record().key().runId();
			forgetOpen(runs.put(runId, run));
			if (run.isOpen()) {
				openRuns.put(openKey(run), runId);
			}
			if (runs.size() > capacity) {
				forgetOpen(runs.pollFirstEntry().getValue());
			}
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Keeps a run as it was written. One that has ended, and has told others what they
	 * must know, is not decided on any more.
	 */
	void remember(CachedRun run) {
		if (run.isOpen() || run.run().hasOutstandingWork()) {
			put(run);
		}
		else {
			remove(run.record().key().runId());
		}
	}

	void remove(String runId) {
		lock.lock();
		try {
			forgetOpen(runs.remove(runId));
		}
		finally {
			lock.unlock();
		}
	}

	void clear() {
		lock.lock();
		try {
			runs.clear();
			openRuns.clear();
		}
		finally {
			lock.unlock();
		}
	}

	private void forgetOpen(@Nullable CachedRun run) {
		if (run != null) {
			openRuns.remove(openKey(run), run.record().key().runId());
		}
	}

	private static String openKey(CachedRun run) {
		return openKey(run.record().key().namespace(), run.record().key().workflowId());
	}

	private static String openKey(String namespace, String workflowId) {
		return namespace + '\n' + workflowId;
	}

}
