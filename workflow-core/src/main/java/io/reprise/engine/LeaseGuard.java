package io.reprise.engine;

import java.time.Duration;

import io.reprise.spi.TaskDispatch;
import io.reprise.spi.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets no attempt begin when this node's lease may be over soon: others would tell the
 * workflow that the attempt is lost, and only then would it begin. By this process's own
 * clock, which needs no database.
 */
final class LeaseGuard {

	private static final Logger logger = LoggerFactory.getLogger(LeaseGuard.class);

	private final Ticker ticker;

	private final TaskDispatch dispatch;

	private final Duration limit;

	private volatile long renewedAt;

	private volatile boolean left;

	LeaseGuard(Ticker ticker, TaskDispatch dispatch, Duration lease) {
		this.ticker = ticker;
		this.dispatch = dispatch;
		limit = lease.multipliedBy(2).dividedBy(3);
	}

	long now() {
		return ticker.nanos();
	}

	/** This node becomes another: what it was about to begin is handed out anew. */
	void joining() {
		left = false;
		dispatch.dropAttempts();
	}

	/** This node gives its lease up. */
	void leaving() {
		left = true;
	}

	/**
	 * The lease was taken or renewed.
	 * @param askedAt when the store was asked, on the ticker: the lease runs from then on
	 */
	void renewed(long askedAt) {
		renewedAt = askedAt;
		dispatch.resumeAttempts();
		ticker.schedule(limit.minusNanos(ticker.nanos() - askedAt), this::check);
	}

	private void check() {
		if (!left && ticker.nanos() - renewedAt >= limit.toNanos()) {
			logger.warn("Expected to renew the lease of this node within {}, but could not. No activity begins "
					+ "until it succeeds", limit);
			dispatch.suspendAttempts();
		}
	}

}
