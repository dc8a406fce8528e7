package io.reprise.testkit;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.reprise.ErrorCode;
import io.reprise.HistoryEntry;
import io.reprise.UpdateHandle;
import io.reprise.UpdateOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowDescription;
import io.reprise.WorkflowException;
import io.reprise.WorkflowRef;
import org.jspecify.annotations.Nullable;

/**
 * A reference that goes on over the lives of a process.
 */
class SurvivingRef implements WorkflowRef {

	private static final Duration PATIENCE = Duration.ofMillis(20);

	private final Lives lives;

	private final WorkflowRef first;

	private final Function<WorkflowClient, ? extends WorkflowRef> bind;

	SurvivingRef(Lives lives, WorkflowRef first, Function<WorkflowClient, ? extends WorkflowRef> bind) {
		this.lives = lives;
		this.first = first;
		this.bind = bind;
	}

	final Lives lives() {
		return lives;
	}

	private <T extends @Nullable Object> T ask(Function<WorkflowRef, T> call) {
		return lives.ask(client -> call.apply(bind.apply(client)));
	}

	/**
	 * Waits for a result, which no process that died gives.
	 * @param result waits for it for a short while
	 * @param timeout how long to wait in all, or {@code null}
	 * @return the result
	 */
	static <R extends @Nullable Object> R await(Supplier<R> result, @Nullable Duration timeout) {
		long start = System.nanoTime();
		while (true) {
			try {
				return result.get();
			}
			catch (WorkflowException ex) {
				boolean late = timeout != null && System.nanoTime() - start >= timeout.toNanos();
				if (ex.code() != ErrorCode.RESULT_TIMEOUT || late || Thread.currentThread().isInterrupted()) {
					throw ex;
				}
			}
		}
	}

	/** How long to wait for a result before looking whether the process still lives. */
	static Duration shortWait(@Nullable Duration timeout) {
		return (timeout != null && timeout.compareTo(PATIENCE) < 0) ? timeout : PATIENCE;
	}

	@Override
	public String workflowId() {
		return first.workflowId();
	}

	@Override
	public @Nullable String runId() {
		return first.runId();
	}

	@Override
	public <R> @Nullable R result(Class<R> type) {
		return SurvivingRef.<@Nullable R>await(() -> ask(ref -> ref.result(type, PATIENCE)), null);
	}

	@Override
	public <R> @Nullable R result(Class<R> type, Duration timeout) {
		return SurvivingRef.<@Nullable R>await(() -> ask(ref -> ref.result(type, shortWait(timeout))), timeout);
	}

	@Override
	public <R> @Nullable R query(String name, Class<R> type, @Nullable Object... args) {
		return this.<@Nullable R>ask(ref -> ref.query(name, type, args));
	}

	@Override
	public <R> @Nullable R update(String name, Class<R> type, @Nullable Object... args) {
		return startUpdate(name, type, UpdateOptions.defaults(), args).result();
	}

	@Override
	public <R> UpdateHandle<R> startUpdate(String name, Class<R> type, UpdateOptions options,
			@Nullable Object... args) {
		UpdateOptions repeatable = SurvivingUpdate.repeatable(options);
		return new SurvivingUpdate<>(lives, client -> bind.apply(client).startUpdate(name, type, repeatable, args));
	}

	@Override
	public void signal(String name, @Nullable Object... args) {
		ask(ref -> {
			ref.signal(name, args);
			return true;
		});
	}

	@Override
	public void cancel() {
		ask(ref -> {
			ref.cancel();
			return true;
		});
	}

	@Override
	public void terminate(String reason) {
		ask(ref -> {
			ref.terminate(reason);
			return true;
		});
	}

	@Override
	public WorkflowRef independent() {
		return new SurvivingRef(lives, first, client -> bind.apply(client).independent());
	}

	@Override
	public WorkflowDescription describe() {
		return ask(WorkflowRef::describe);
	}

	@Override
	public List<HistoryEntry> history() {
		return ask(WorkflowRef::history);
	}

	@Override
	public String exportHistory() {
		return ask(WorkflowRef::exportHistory);
	}

}
