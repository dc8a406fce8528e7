package io.reprise.testkit;

import java.util.ArrayDeque;
import java.util.Deque;

import io.reprise.spi.StoreException;
import io.reprise.spi.StoreException.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What a test wants to go wrong. Guarded by the lock of the store it belongs to.
 */
final class StoreFaults {

	private final Deque<Fault> commits = new ArrayDeque<>();

	private boolean down;

	private boolean failing;

	/**
	 * Whether the last call failed.
	 * @return {@code true} if so
	 */
	boolean isFailing() {
		return failing;
	}

	void failing(boolean isFailing) {
		failing = isFailing;
	}

	void down(boolean isDown) {
		down = isDown;
	}

	void failCommit(Outcome outcome, boolean written) {
		commits.add(new Fault(outcome, written));
	}

	void clear() {
		down = false;
		commits.clear();
	}

	void checkUp() {
		if (down) {
			throw new StoreException(Outcome.NOTHING_WRITTEN,
					"Expected the store to answer, but a test has taken it down: bring it up again", null);
		}
	}

	@Nullable Fault nextCommit() {
		return commits.poll();
	}

	/**
	 * How a commit fails.
	 *
	 * @param outcome what the caller is told
	 * @param written whether it is written all the same
	 */
	record Fault(Outcome outcome, boolean written) {

		StoreException exception() {
			return new StoreException(outcome,
					"Expected the commit to succeed, but a test lets it fail with " + outcome, null);
		}

	}

}
