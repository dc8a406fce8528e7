package io.reprise.worker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.reprise.spi.Ticker;

/**
 * Which attempts may begin. A worker that drains begins none but those of runs that have
 * one under way: such a run stays here, and is not to wait for its slowest activity. As
 * it might go on like that for ever, it may only for a time.
 */
final class Admission {

	private final Set<String> kept = ConcurrentHashMap.newKeySet();

	private final Ticker ticker;

	private volatile Mode mode = Mode.OPEN;

	private volatile boolean suspended;

	private volatile long keptUntil;

	Admission(Ticker ticker) {
		this.ticker = ticker;
	}

	/**
	 * Whether an attempt may begin. Asked by one that counts as begun already, so that it
	 * is either found by whoever drains, or finds that.
	 * @param runId its run
	 * @return {@code true} if so
	 */
	boolean admits(String runId) {
		return switch (mode) {
			case OPEN -> true;
			case DRAINING -> kept.contains(runId) && ticker.nanos() - keptUntil < 0;
			case CLOSED -> false;
		};
	}

	/**
	 * Whether none begins for now, and all wait.
	 * @return {@code true} if so
	 */
	boolean isSuspended() {
		return suspended;
	}

	void suspend(boolean suspend) {
		suspended = suspend;
	}

	/**
	 * Begins to drain.
	 * @param until when the last attempt may begin, on the ticker
	 */
	void drain(long until) {
		keptUntil = until;
		mode = Mode.DRAINING;
	}

	void keep(String runId) {
		kept.add(runId);
	}

	/**
	 * A run goes on elsewhere.
	 * @param runId the run
	 */
	void letGo(String runId) {
		kept.remove(runId);
	}

	void close() {
		mode = Mode.CLOSED;
	}

	private enum Mode {

		OPEN, DRAINING, CLOSED

	}

}
