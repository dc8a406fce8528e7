package io.reprise.replay;

import java.util.ArrayList;
import java.util.List;

import io.reprise.Promise;
import org.jspecify.annotations.Nullable;

/**
 * A promise and who waits for it.
 *
 * @param <T> type of the result
 */
final class SettablePromise<T extends @Nullable Object> implements Promise<T> {

	private final WorkflowRun run;

	private @Nullable Outcome outcome;

	private @Nullable List<Coroutine> waiting;

	SettablePromise(WorkflowRun run) {
		this.run = run;
	}

	@Override
	public T get() {
		return RunContext.of(run, "Promise.get()").join(this);
	}

	@Override
	public boolean isDone() {
		RunContext.of(run, "Promise.isDone()").requireReadable("Promise.isDone()");
		return isSettled();
	}

	boolean isSettled() {
		return outcome != null;
	}

	/**
	 * What it came to.
	 * @return the outcome, or {@code null} if it has none yet
	 */
	@Nullable Outcome outcome() {
		return outcome;
	}

	/**
	 * Settles it and wakes who waits. Only the first time counts.
	 */
	void settle(Outcome settled) {
		if (outcome != null) {
			return;
		}
		outcome = settled;
		if (waiting != null) {
			waiting.forEach(Coroutine::wake);
			waiting = null;
		}
	}

	/**
	 * Remembers a value that was read, so that everybody gets the same object.
	 */
	void read(@Nullable Object value) {
		outcome = new Outcome.Value(value);
	}

	void addWaiting(Coroutine coroutine) {
		if (waiting == null) {
			waiting = new ArrayList<>(1);
		}
		waiting.add(coroutine);
	}

}
