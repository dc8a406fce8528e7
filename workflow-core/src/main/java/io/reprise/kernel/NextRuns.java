package io.reprise.kernel;

import java.time.Instant;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * What the kernel must be told to let one run follow another. Asked only when one does.
 */
public interface NextRuns {

	/** For decisions after which no run follows. */
	NextRuns NONE = new NextRuns() {

		@Override
		public String newRunId() {
			throw new IllegalStateException("Expected that no run follows here; whoever decided has a bug");
		}

		@Override
		public @Nullable Instant nextTime(String cron, ZoneId zone, Instant after) {
			return null;
		}

	};

	/**
	 * An id for a new run.
	 * @return the id
	 */
	String newRunId();

	/**
	 * When a cron expression is next due.
	 * @param cron the expression
	 * @param zone its time zone
	 * @param after the time after which
	 * @return the time, or {@code null} if it cannot be read or is never due again
	 */
	@Nullable Instant nextTime(String cron, ZoneId zone, Instant after);

}
