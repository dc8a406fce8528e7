package io.reprise.engine;

import java.util.Objects;

import io.reprise.WorkflowException;
import io.reprise.spi.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what keeps the engine from its store while it goes on trying in the background:
 * what passes by itself quietly, what somebody has to repair aloud, once.
 */
final class ConnectFailures {

	private static final Logger logger = LoggerFactory.getLogger(ConnectFailures.class);

	private volatile @Nullable String reported;

	/** Called by one attempt at a time. */
	void report(RuntimeException failure) {
		String text = failure.toString();
		if (passes(failure) || Objects.equals(text, reported)) {
			logger.debug("Expected to reach the workflow store, but could not; it is tried again", failure);
			return;
		}
		reported = text;
		// Whoever throws something else than our own owes the stack
		logger.error(
				"Expected to use the workflow store, but it cannot be used as it is: {}. Workflows wait; "
						+ "it is tried again until this is repaired",
				text, (failure instanceof WorkflowException) ? null : failure);
	}

	private static boolean passes(RuntimeException failure) {
		return failure instanceof StoreException store && store.outcome() != StoreException.Outcome.REFUSED;
	}

}
