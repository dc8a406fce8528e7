package io.reprise.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.spi.StoreException;
import io.reprise.spi.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a batch to its end whatever the store says: races are decided again, refused
 * batches are taken apart, unknown outcomes are looked up, and a store that is away is
 * waited for.
 */
final class BatchProcessor {

	private static final Logger logger = LoggerFactory.getLogger(BatchProcessor.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

	private final BatchCommit commit;

	private final Ticker ticker;

	private final Duration clientTimeout;

	private final EngineHealth health;

	private Duration pause = FIRST_PAUSE;

	BatchProcessor(BatchCommit commit, Ticker ticker, Duration clientTimeout, EngineHealth health) {
		this.commit = commit;
		this.ticker = ticker;
		this.clientTimeout = clientTimeout;
		this.health = health;
	}

	/**
	 * Processes a batch.
	 * @param batch the commands
	 * @param queue what waits behind them; takes, at its head, what is to be tried again
	 * after the pause
	 * @return how long to pause before the next batch, zero for not at all
	 */
	Duration process(List<Submission> batch, Deque<Submission> queue) {
		List<Submission> open = batch;
		while (!open.isEmpty()) {
			try {
				open = commit.decideAndCommit(open);
				pause = FIRST_PAUSE;
				health.storeAnswered(this);
			}
			catch (StoreException ex) {
				switch (ex.outcome()) {
					case NOTHING_WRITTEN -> {
						return tryLater(open, ex, queue);
					}
					case UNKNOWN -> {
						commit.forget(open);
						open.forEach(Submission::requireLookup);
						return tryLater(open, ex, queue);
					}
					case REFUSED -> open = takeApart(open, ex);
				}
			}
			catch (RuntimeException | Error ex) {
				open = takeApart(open, ex);
			}
		}
		return Duration.ZERO;
	}

	private Duration tryLater(List<Submission> open, StoreException failure, Deque<Submission> queue) {
		open.reversed().forEach(queue::addFirst);
		answerImpatient(queue, failure);
		if (queue.isEmpty()) {
			// With nothing left to write, this lane would never learn that the store is
			// back
			health.storeAnswered(this);
			health.storeFailed(EngineHealth.LEASE, failure);
		}
		else {
			health.storeFailed(this, failure);
		}
		return nextPause();
	}

	/**
	 * A batch that cannot be written holds one command that is to blame, or a turn that
	 * ran ahead: each command is tried alone and without turns.
	 */
	private List<Submission> takeApart(List<Submission> batch, Throwable failure) {
		logger.debug("Expected {} commands to be written, but they were refused; each is tried alone", batch.size(),
				failure);
		commit.forget(batch);
		List<Submission> again = new ArrayList<>();
		for (Submission single : batch) {
			try {
				again.addAll(commit.decideAndCommitAlone(single));
			}
			catch (StoreException ex) {
				if (ex.outcome() == StoreException.Outcome.REFUSED) {
					blame(single, ex);
				}
				else {
					single.requireLookup();
					commit.forget(List.of(single));
					again.add(single);
				}
			}
			catch (RuntimeException | Error ex) {
				blame(single, ex);
			}
		}
		return again;
	}

	private void blame(Submission culprit, Throwable failure) {
		commit.forget(List.of(culprit));
		logger.error("Expected {} of {} to be written, but it was refused",
				culprit.command().getClass().getSimpleName(), culprit.command().key(), failure);
		culprit.answer().completeExceptionally(failure);
	}

	/**
	 * Tells clients that the store is away, also those that wait behind what is tried
	 * again and again. What of theirs may have been written is looked at when the store
	 * is back, even if they do not come again: nobody else would carry out its effects.
	 */
	private void answerImpatient(Deque<Submission> queue, StoreException failure) {
		long now = ticker.nanos();
		List<Submission> looks = new ArrayList<>();
		for (Iterator<Submission> waiting = queue.iterator(); waiting.hasNext();) {
			Submission submission = waiting.next();
			if (submission.isFromClient() && now - submission.submittedNanos() >= clientTimeout.toNanos()) {
				waiting.remove();
				submission.answer().completeExceptionally(unavailable(submission, failure));
				if (submission.isRepeated()) {
					looks.add(submission.toLookAt(now));
				}
			}
		}
		queue.addAll(looks);
	}

	private WorkflowException unavailable(Submission submission, StoreException failure) {
		return new WorkflowException(ErrorCode.STORE_UNAVAILABLE,
				"Expected the database to take %s of %s within %s, but it did not: %s. Whether it took effect is not known; try again with the same request id"
					.formatted(submission.command().getClass().getSimpleName(), submission.command().key(),
							clientTimeout, failure.getMessage()),
				failure);
	}

	private Duration nextPause() {
		Duration current = pause;
		Duration doubled = pause.multipliedBy(2);
		pause = (doubled.compareTo(LONGEST_PAUSE) < 0) ? doubled : LONGEST_PAUSE;
		return current;
	}

}
