package io.reprise.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import io.reprise.spi.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * How the engine fares, for health indicators.
 */
public final class EngineHealth {

	private final AtomicReference<State> state = new AtomicReference<>(State.STOPPED);

	/** Speaks for all who gave up writing: a node writes its lease from time to time. */
	static final String LEASE = "lease";

	/** Reaching the store for the first time. */
	static final String CONNECTION = "connection";

	private final Map<Object, String> storeErrors = new ConcurrentHashMap<>();

	private volatile long stalledRuns;

	private final LongAdder fencedWrites = new LongAdder();

	private final LongAdder skippedInputs = new LongAdder();

	EngineHealth() {
	}

	/**
	 * Where the engine stands.
	 * @return its state
	 */
	public State state() {
		return requireState();
	}

	/**
	 * What the store fails with.
	 * @return the message, or {@code null} if it did all that was last wanted of it
	 */
	public @Nullable String storeError() {
		return storeErrors.values().stream().findFirst().orElse(null);
	}

	/**
	 * Open runs that a bug keeps from going on, as counted last.
	 * @return the number
	 */
	public long stalledRuns() {
		return stalledRuns;
	}

	/**
	 * Writes that the store rejected since the engine was made, because they were based
	 * on a version of their run that was no longer the last: somebody else had written,
	 * or taken the run over. Each was decided again.
	 * @return the number
	 */
	public long fencedWrites() {
		return fencedWrites.sum();
	}

	/**
	 * Inputs that workflows have passed over since the engine was made: signals without a
	 * handler, or with arguments that could not be read.
	 * @return the number
	 */
	public long skippedInputs() {
		return skippedInputs.sum();
	}

	void inputsSkipped(long count) {
		skippedInputs.add(count);
	}

	void writeFenced() {
		fencedWrites.increment();
	}

	void moveTo(State next) {
		state.set(next);
	}

	/** Moves on unless somebody else has moved it meanwhile. */
	boolean move(State expected, State next) {
		return state.compareAndSet(expected, next);
	}

	/**
	 * The store did what somebody wanted of it.
	 * @param who whose last failure is over; those of others are not, since a store may
	 * read and not write, or write here and not there
	 */
	void storeAnswered(Object who) {
		if (!storeErrors.isEmpty()) {
			storeErrors.remove(who);
		}
	}

	/** The store was reached for the first time. */
	void storeReached() {
		storeErrors.clear();
	}

	void storeFailed(Object who, RuntimeException failure) {
		storeErrors.put(who,
				(failure instanceof StoreException store) ? String.valueOf(store.getMessage()) : failure.toString());
	}

	void stalledRuns(long count) {
		stalledRuns = count;
	}

	private State requireState() {
		State current = state.get();
		return (current != null) ? current : State.STOPPED;
	}

	/** Where an engine stands. */
	public enum State {

		/** It was not started, or was shut down. */
		STOPPED,
		/** It was started and tries to reach its store. */
		CONNECTING,
		/** It decides. */
		RUNNING,
		/** It takes no new work and waits for what is under way. */
		DRAINING

	}

}
