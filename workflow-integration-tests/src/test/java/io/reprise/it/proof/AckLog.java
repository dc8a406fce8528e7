package io.reprise.it.proof;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What clients were told is done. Safe for use by many threads. */
final class AckLog {

	private final Map<String, String> starts = new ConcurrentHashMap<>();

	private final Map<String, Set<String>> signals = new ConcurrentHashMap<>();

	private final Set<String> cancels = ConcurrentHashMap.newKeySet();

	private final LongAdder reads = new LongAdder();

	void started(String workflowId, String runId) {
		starts.put(workflowId, runId);
	}

	void told(String workflowId, String news) {
		signals.computeIfAbsent(workflowId, (unused) -> ConcurrentHashMap.newKeySet()).add(news);
	}

	/** Noted before it is asked for, as it may be done though no answer comes. */
	void cancelled(String workflowId) {
		cancels.add(workflowId);
	}

	boolean isCancelled(String workflowId) {
		return cancels.contains(workflowId);
	}

	void read() {
		reads.increment();
	}

	Map<String, String> starts() {
		return starts;
	}

	Set<String> signals(String workflowId) {
		return signals.getOrDefault(workflowId, Set.of());
	}

	long size() {
		return starts.size() + signals.values().stream().mapToLong(Set::size).sum();
	}

	@Override
	public String toString() {
		return "%d starts, %d signals and %d cancels acknowledged, %d reads".formatted(starts.size(),
				size() - starts.size(), cancels.size(), reads.sum());
	}

}
