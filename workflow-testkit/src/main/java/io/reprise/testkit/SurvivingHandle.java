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
 * A typed handle that goes on over the lives of a process; after a crash it means the
 * latest run.
 *
 * @param <W> the workflow type
 * @param <R> type of its result
 */
final class SurvivingHandle<W, R> extends SurvivingRef implements WorkflowHandle<W, R> {

	private final WorkflowHandle<W, R> first;

	private final long life;

	private final Function<WorkflowClient, WorkflowHandle<W, R>> bind;

	SurvivingHandle(Lives lives, WorkflowHandle<W, R> first, Function<WorkflowClient, WorkflowHandle<W, R>> bind) {
		this(lives, first, bind, lives.begun());
	}

	private SurvivingHandle(Lives lives, WorkflowHandle<W, R> first,
			Function<WorkflowClient, WorkflowHandle<W, R>> bind, long life) {
		super(lives, first, client -> (lives.begun() == life) ? first : bind.apply(client));
		this.first = first;
		this.bind = bind;
		this.life = life;
	}

	private <T extends @Nullable Object> T askHandle(Function<WorkflowHandle<W, R>, T> call) {
		return lives().ask(client -> call.apply(current(client)));
	}

	private WorkflowHandle<W, R> current(WorkflowClient client) {
		return (lives().begun() == life) ? first : bind.apply(client);
	}

	@Override
	public @Nullable R result() {
		return SurvivingRef.<@Nullable R>await(() -> askHandle(handle -> handle.result(shortWait(null))), null);
	}

	@Override
	public @Nullable R result(Duration timeout) {
		return SurvivingRef.<@Nullable R>await(() -> askHandle(handle -> handle.result(shortWait(timeout))), timeout);
	}

	@Override
	public <Q> Q query(Function<W, Q> call) {
		return askHandle(handle -> handle.query(call));
	}

	@Override
	public void signal(Consumer<W> call) {
		askHandle(handle -> {
			handle.signal(call);
			return true;
		});
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
		UpdateOptions repeatable = SurvivingUpdate.repeatable(options);
		return new SurvivingUpdate<>(lives(), client -> current(client).startUpdate(call, repeatable));
	}

	@Override
	public UpdateHandle<Void> startUpdateVoid(Consumer<W> call, UpdateOptions options) {
		UpdateOptions repeatable = SurvivingUpdate.repeatable(options);
		return new SurvivingUpdate<>(lives(), client -> current(client).startUpdateVoid(call, repeatable));
	}

	@Override
	public WorkflowHandle<W, R> independent() {
		return new SurvivingHandle<>(lives(), first.independent(), client -> bind.apply(client).independent(), life);
	}

}
