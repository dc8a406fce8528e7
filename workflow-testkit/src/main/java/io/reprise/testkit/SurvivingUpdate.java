package io.reprise.testkit;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

import io.reprise.UpdateHandle;
import io.reprise.UpdateOptions;
import io.reprise.WorkflowClient;
import org.jspecify.annotations.Nullable;

/**
 * An update that goes on over the lives of a process: it is sent again by its id, which
 * finds what became of it.
 *
 * @param <R> type of its result
 */
final class SurvivingUpdate<R> implements UpdateHandle<R> {

	private final Lives lives;

	private final Function<WorkflowClient, UpdateHandle<R>> send;

	private final UpdateHandle<R> first;

	private final long life;

	/**
	 * Sends an update.
	 * @param lives of the process
	 * @param send sends it, always with the same id
	 */
	SurvivingUpdate(Lives lives, Function<WorkflowClient, UpdateHandle<R>> send) {
		this.lives = lives;
		this.send = send;
		this.first = lives.ask(send);
		this.life = lives.begun();
	}

	/** Options with an id, so that the update can be sent again. */
	static UpdateOptions repeatable(UpdateOptions options) {
		return (options.updateId() != null) ? options
				: new UpdateOptions(UUID.randomUUID().toString(), options.timeout());
	}

	private <T extends @Nullable Object> T ask(Function<UpdateHandle<R>, T> call) {
		return lives.ask(client -> call.apply((lives.begun() == life) ? first : send.apply(client)));
	}

	@Override
	public String updateId() {
		return first.updateId();
	}

	@Override
	public String workflowId() {
		return first.workflowId();
	}

	@Override
	public String runId() {
		return first.runId();
	}

	@Override
	public @Nullable R result() {
		return SurvivingRef.<@Nullable R>await(() -> ask(update -> update.result(SurvivingRef.shortWait(null))), null);
	}

	@Override
	public @Nullable R result(Duration timeout) {
		return SurvivingRef.<@Nullable R>await(() -> ask(update -> update.result(SurvivingRef.shortWait(timeout))),
				timeout);
	}

}
