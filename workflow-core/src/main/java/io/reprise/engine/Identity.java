package io.reprise.engine;

import java.util.concurrent.locks.ReentrantLock;

import io.reprise.engine.EngineHealth.State;
import io.reprise.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which node this engine is. It becomes another one when others have taken over what it
 * had, or may have, and knows nothing of what the one before knew.
 */
final class Identity {

	private static final Logger logger = LoggerFactory.getLogger(Identity.class);

	private final Membership membership;

	private final RunCache cache;

	private final WakeUps wakeUps;

	private final EngineHealth health;

	private final ReentrantLock lock = new ReentrantLock();

	Identity(Membership membership, RunCache cache, WakeUps wakeUps, EngineHealth health) {
		this.membership = membership;
		this.cache = cache;
		this.wakeUps = wakeUps;
		this.health = health;
	}

	/** Renews the lease, or becomes another node if it is lost. */
	void renew() {
		lock.lock();
		try {
			// One that has said good-bye does not come back
			if (health.state() != State.STOPPED && !membership.renew()) {
				logger.warn("Expected node {} to keep its lease, but others have taken over its runs; it joins anew",
						membership.nodeId());
				joinAnew();
			}
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Becomes another node if runs may name this one as their owner without its knowing:
	 * as another one, it finds them like those of any node that is gone. Tried until it
	 * succeeds. What it has under way it loses by that, as if its process had died.
	 */
	void changeIfUnsure() {
		if (!membership.mayOwnUnknown()) {
			return;
		}
		lock.lock();
		try {
			if (membership.mayOwnUnknown()) {
				membership.leave(false);
				joinAnew();
			}
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Leaves. If the store cannot be reached, others notice without it.
	 * @param drained whether no attempt of an activity is under way any more
	 */
	void leave(boolean drained) {
		lock.lock();
		try {
			membership.leave(drained);
		}
		catch (StoreException ex) {
			logger.warn("Expected to hand over, but the store cannot be reached: {}. Others notice without it",
					ex.getMessage());
		}
		finally {
			lock.unlock();
		}
	}

	private void joinAnew() {
		cache.clear();
		wakeUps.clear();
		membership.join();
		logger.info("Workflow engine runs as node {}", membership.nodeId());
	}

}
