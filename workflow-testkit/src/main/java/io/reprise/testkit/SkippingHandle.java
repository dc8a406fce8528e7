package io.reprise.testkit;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

import io.reprise.UpdateHandle;
import io.reprise.UpdateOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowHandle;
import org.jspecify.annotations.Nullable;

/**
 * A typed handle that lets time pass while it waits for the result.
 *
 * @param <W> the workflow type
 * @param <R> type of its result
 */
final class SkippingHandle<W, R> extends SkippingRef implements WorkflowHandle<W, R> {

	private final WorkflowHandle<W, R> handle;

	SkippingHandle(WorkflowClient client, WorkflowHandle<W, R> handle, TestTime time) {
		super(client, handle, time);
		this.handle = handle;
	}

	@Override
	public @Nullable R result() {
		return time().<@Nullable R>await(client(), handle, handle::result, false);
	}

	@Override
	public @Nullable R result(Duration timeout) {
		return time().<@Nullable R>await(client(), handle, () -> handle.result(timeout), true);
	}

	@Override
	public <Q> Q query(Function<W, Q> call) {
		return handle.query(call);
	}

	@Override
	public void signal(Consumer<W> call) {
		handle.signal(call);
	}

	@Override
	@SuppressWarnings("NullAway")
	public <U> U update(Function<W, U> call, UpdateOptions options) {
		return startUpdate(call, options).result();
	}

	@Override
	public void updateVoid(Consumer<W> call, UpdateOptions options) {
		startUpdateVoid(call, options).result();
	}

	@Override
	public <U> UpdateHandle<U> startUpdate(Function<W, U> call, UpdateOptions options) {
		return new SkippingUpdate<>(client(), handle, handle.startUpdate(call, options), time());
	}

	@Override
	public UpdateHandle<Void> startUpdateVoid(Consumer<W> call, UpdateOptions options) {
		return new SkippingUpdate<>(client(), handle, handle.startUpdateVoid(call, options), time());
	}

	@Override
	public WorkflowHandle<W, R> independent() {
		return new SkippingHandle<>(client(), handle.independent(), time());
	}

}
