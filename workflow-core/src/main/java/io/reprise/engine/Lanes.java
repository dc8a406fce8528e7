package io.reprise.engine;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.reprise.WorkflowException;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.Ticker;

/** The lanes of an engine: all commands of a workflow id pass the same one. */
final class Lanes {

	private final ExecutorService executor;

	private final List<Lane> lanes;

	/**
	 * Opens lanes.
	 * @param settings how many, and how large a batch may be
	 * @param commitsInAnyThread whether whoever submits may commit
	 * @param threads makes threads for stores that do not care
	 * @param processors makes what processes the batches of one lane
	 * @param ticker the time
	 */
	Lanes(EngineSettings settings, boolean commitsInAnyThread, ThreadFactory threads,
			Supplier<BatchProcessor> processors, Ticker ticker) {
		ExecutorService made = commitsInAnyThread ? Executors.newThreadPerTaskExecutor(threads) : Executors
			.newFixedThreadPool(settings.lanes(), Thread.ofPlatform().name("workflow-lane-", 0).daemon().factory());
		executor = made;
		lanes = Stream
			.generate(() -> new Lane(processors.get(), made, commitsInAnyThread, settings.maximumBatch(), ticker))
			.limit(settings.lanes())
			.toList();
	}

	void submit(Submission submission) {
		ExecutionKey key = submission.command().key();
		int hash = key.namespace().hashCode() * 31 + key.workflowId().hashCode();
		lanes.get(Math.floorMod(hash ^ (hash >>> 16), lanes.size())).submit(submission);
	}

	boolean isIdle() {
		return lanes.stream().allMatch(Lane::isIdle);
	}

	void close(WorkflowException failure) {
		lanes.forEach((lane) -> lane.close(failure));
		// Never interrupted: a commit under way is to end as it will
		executor.shutdown();
	}

}
