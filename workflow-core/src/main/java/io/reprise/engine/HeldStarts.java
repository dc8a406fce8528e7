package io.reprise.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.spi.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Starts whose workflow id a transaction of an application is about to use. They are
 * tried again until it has ended, while their lane goes on with others.
 */
final class HeldStarts {

	private static final Duration PAUSE = Duration.ofMillis(50);

	private final Ticker ticker;

	private final ThreadFactory threads;

	private final Duration patience;

	private final Consumer<Submission> gate;

	private final Set<Submission> waiting = ConcurrentHashMap.newKeySet();

	private volatile @Nullable RuntimeException closure;

	HeldStarts(Ticker ticker, ThreadFactory threads, Duration patience, Consumer<Submission> gate) {
		this.ticker = ticker;
		this.threads = threads;
		this.patience = patience;
		this.gate = gate;
	}

	void tryLater(Submission submission) {
		if (ticker.nanos() - submission.submittedNanos() >= patience.toNanos()) {
			submission.answer().completeExceptionally(tooLong(submission));
			return;
		}
		waiting.add(submission);
		ticker.schedule(PAUSE, () -> threads.newThread(() -> {
			if (waiting.remove(submission)) {
				gate.accept(submission);
			}
		}).start());
		failAllIfClosed();
	}

	/**
	 * Answers all that wait, and all that are still to come, with an error: the ticker
	 * may not call any more.
	 * @param failure the error
	 */
	void close(RuntimeException failure) {
		closure = failure;
		failAllIfClosed();
	}

	private void failAllIfClosed() {
		RuntimeException failure = closure;
		if (failure != null) {
			waiting.forEach((submission) -> submission.answer().completeExceptionally(failure));
			waiting.clear();
		}
	}

	private WorkflowException tooLong(Submission submission) {
		return new WorkflowException(ErrorCode.WORKFLOW_ID_HELD,
				"Expected to know within %s whether workflow '%s' is running, but a transaction that starts it has not ended. Try again when it has"
					.formatted(patience, submission.command().key().workflowId()));
	}

}
