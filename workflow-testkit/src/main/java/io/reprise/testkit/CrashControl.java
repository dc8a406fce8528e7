package io.reprise.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.reprise.Activities;
import io.reprise.ActivityInfo;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.RunQuery;
import io.reprise.worker.WorkerSettings;

/**
 * Watches the process of a {@link WorkflowTestEnvironment}, and lets it die between two
 * commits.
 */
final class CrashControl {

	private static final Duration QUIET = Duration.ofMillis(20);

	private static final int MOST_RUNS = 10_000;

	private static final long POLL_NANOS = 200_000;

	private volatile NodeStore.CommitListener commits = (store, writes) -> {
	};

	private volatile Consumer<ActivityInfo> attempts = attempt -> {
	};

	private volatile boolean replaying;

	private volatile boolean crashing;

	/**
	 * Who is told of each commit.
	 * @param listener the listener
	 */
	void onCommit(NodeStore.CommitListener listener) {
		commits = listener;
	}

	/**
	 * Who is told of each attempt of an activity, on its thread before it begins.
	 * @param listener the listener
	 */
	void onAttempt(Consumer<ActivityInfo> listener) {
		attempts = listener;
	}

	/**
	 * Whether workflows are forgotten after each turn, from the next start on.
	 * @param every whether each turn replays
	 */
	void replayingEveryTurn(boolean every) {
		replaying = every;
	}

	/**
	 * The store as the next process sees it.
	 * @param store the store
	 * @return a view of it
	 */
	NodeStore view(HistoryStore store) {
		return new NodeStore(store, (view, writes) -> commits.committed(view, writes));
	}

	WorkerSettings settings(WorkerSettings settings) {
		return replaying ? settings.withCachedWorkflows(0) : settings;
	}

	/**
	 * An activity that is about to be called, on its thread.
	 * @param activity the activity
	 * @return the same
	 */
	Object attempted(Object activity) {
		attempts.accept(Activities.info());
		return activity;
	}

	/**
	 * While it is, nobody asks the process, and time stands still.
	 * @return whether the process is crashing, or not yet up again
	 */
	boolean isCrashing() {
		return crashing;
	}

	/** Waits until the process is up again that is crashing. */
	void awaitRestart() {
		while (crashing) {
			if (Thread.currentThread().isInterrupted()) {
				throw new AssertionError("Expected to wait for a process that crashes, but the thread was interrupted");
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
	}

	/**
	 * Lets a process write no more, and ends it, in another thread, when nothing goes on
	 * in it but what waits to write.
	 * @param view the store as it sees it
	 * @param idle whether nothing goes on in it
	 * @param end ends it, and starts another
	 */
	void crashSoon(NodeStore view, BooleanSupplier idle, Runnable end) {
		view.doom();
		crashing = true;
		Thread.ofPlatform().daemon().name("workflow-test-crash").start(() -> {
			try {
				awaitQuiet(idle);
				end.run();
			}
			finally {
				crashing = false;
			}
		});
	}

	/** Callers are answered at once after a commit, or wait for the next one. */
	private static void awaitQuiet(BooleanSupplier idle) {
		long start = System.nanoTime();
		while (System.nanoTime() - start < QUIET.toNanos() && !idle.getAsBoolean()) {
			LockSupport.parkNanos(POLL_NANOS);
		}
	}

	/**
	 * What is stored, whatever the process does.
	 * @param store the store
	 * @return the histories of all runs
	 */
	static List<RecordedHistory> histories(HistoryStore store) {
		RunQuery all = new RunQuery(ExecutionKey.DEFAULT_NAMESPACE, List.of(), RunQuery.Field.START_TIME, false,
				MOST_RUNS, null);
		return store.list(all)
			.runs()
			.stream()
			.map(run -> RecordedHistory.of(run.key(), store.history(run.key().runId(), 1)))
			.toList();
	}

}
