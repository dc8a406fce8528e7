package io.reprise.engine;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.spi.Ticker;

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

	HeldStarts(Ticker ticker, ThreadFactory threads, Duration patience, Consumer<Submission> gate) {
		this.ticker = ticker;
		this.threads = threads;
		this.patience = patience;
		this.gate = gate;
	}

	void tryLater(Submission submission) {
		if (ticker.nanos() - submission.submittedNanos() < patience.toNanos()) {
			ticker.schedule(PAUSE, () -> threads.newThread(() -> gate.accept(submission)).start());
			return;
		}
		submission.answer()
			.completeExceptionally(new WorkflowException(ErrorCode.WORKFLOW_ID_HELD,
					"Expected to know within %s whether workflow '%s' is running, but a transaction that starts it has not ended. Try again when it has"
						.formatted(patience, submission.command().key().workflowId())));
	}

}
