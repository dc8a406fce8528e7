package io.reprise.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
	 * @param putBack takes commands that are to be tried again after the pause
	 * @return how long to pause before the next batch, zero for not at all
	 */
	Duration process(List<Submission> batch, Consumer<List<Submission>> putBack) {
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
						return tryLater(open, ex, putBack);
					}
					case UNKNOWN -> {
						commit.forget(open);
						open.forEach(Submission::requireLookup);
						return tryLater(open, ex, putBack);
					}
					case REFUSED -> open = takeApart(open, ex);
				}
			}
			catch (RuntimeException ex) {
				open = takeApart(open, ex);
			}
		}
		return Duration.ZERO;
	}

	private Duration tryLater(List<Submission> open, StoreException failure, Consumer<List<Submission>> putBack) {
		List<Submission> patient = withoutImpatient(open, failure);
		if (patient.isEmpty()) {
			// With nothing left to write, this lane would never learn that the store is
			// back
			health.storeAnswered(this);
			health.storeFailed(EngineHealth.LEASE, failure);
		}
		else {
			health.storeFailed(this, failure);
		}
		putBack.accept(patient);
		return nextPause();
	}

	/**
	 * A batch that cannot be written holds one command that is to blame, or a turn that
	 * ran ahead: each command is tried alone and without turns.
	 */
	private List<Submission> takeApart(List<Submission> batch, RuntimeException failure) {
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
			catch (RuntimeException ex) {
				blame(single, ex);
			}
		}
		return again;
	}

	private void blame(Submission culprit, RuntimeException failure) {
		commit.forget(List.of(culprit));
		logger.error("Expected {} of {} to be written, but it was refused",
				culprit.command().getClass().getSimpleName(), culprit.command().key(), failure);
		culprit.answer().completeExceptionally(failure);
	}

	private List<Submission> withoutImpatient(List<Submission> submissions, StoreException failure) {
		List<Submission> patient = new ArrayList<>();
		long now = ticker.nanos();
		for (Submission submission : submissions) {
			if (submission.isFromClient() && now - submission.submittedNanos() >= clientTimeout.toNanos()) {
				submission.answer()
					.completeExceptionally(new WorkflowException(ErrorCode.STORE_UNAVAILABLE,
							"Expected the database to take %s of %s within %s, but it did not: %s. Whether it took effect is not known; try again with the same request id"
								.formatted(submission.command().getClass().getSimpleName(), submission.command().key(),
										clientTimeout, failure.getMessage()),
							failure));
			}
			else {
				patient.add(submission);
			}
		}
		return patient;
	}

	private Duration nextPause() {
		Duration current = pause;
		Duration doubled = pause.multipliedBy(2);
		pause = (doubled.compareTo(LONGEST_PAUSE) < 0) ? doubled : LONGEST_PAUSE;
		return current;
	}

}
