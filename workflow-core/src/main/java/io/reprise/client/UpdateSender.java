package io.reprise.client;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.reprise.ErrorCode;
import io.reprise.UpdateHandle;
import io.reprise.UpdateOptions;
import io.reprise.WorkflowException;
import io.reprise.WorkflowNotFoundException;
import io.reprise.WorkflowUpdateException;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Sends updates, and waits for what comes of them.
 */
final class UpdateSender {

	private final DefaultWorkflowClient client;

	UpdateSender(DefaultWorkflowClient client) {
		this.client = client;
	}

	/**
	 * Sends an update and waits until it is accepted.
	 * @param command the update
	 * @param timeout how long to wait for that
	 * @param independent whether a transaction of the caller's does not matter
	 * @param type what the result is read as
	 * @return a handle of the update
	 */
	<R> UpdateHandle<R> start(Command.UpdateWorkflow command, Duration timeout, boolean independent, Type type) {
		CommandResult result = await(client.gateway().update(command, timeout, independent), null,
				"workflow '%s' to answer update '%s'".formatted(command.key().workflowId(), command.name()));
		ExecutionKey run = switch (result) {
			case CommandResult.Accepted accepted -> accepted.key();
			case CommandResult.Duplicate duplicate -> duplicate.key();
			case CommandResult.Rejected rejected -> throw rejected(command, rejected);
			case CommandResult.Stale stale ->
				throw new IllegalStateException("Expected an answer to update '" + command.updateId() + "'");
		};
		return new Handle<>(run, command.updateId(), type);
	}

	/**
	 * An update as a command.
	 * @param key the workflow
	 * @param name name of the update
	 * @param arguments its arguments
	 * @param options its id
	 * @return the command
	 */
	Command.UpdateWorkflow command(ExecutionKey key, String name, Payload arguments, UpdateOptions options) {
		String id = options.updateId();
		return new Command.UpdateWorkflow(key, (id != null) ? id : client.ids().next(), name, arguments);
	}

	private WorkflowException rejected(Command.UpdateWorkflow command, CommandResult.Rejected rejected) {
		if (rejected.code() == ErrorCode.WORKFLOW_NOT_FOUND) {
			return new WorkflowNotFoundException(rejected.message());
		}
		Exception cause = (rejected.failure() != null) ? client.failures().toException(rejected.failure()) : null;
		// What the validator says may be secret where rejections are stored, but not here
		String message = (cause != null) ? rejected.message() + ": " + cause.getMessage() : rejected.message();
		return new WorkflowUpdateException(rejected.code(), message, command.key().workflowId(), command.updateId(),
				cause);
	}

	private static <T> T await(CompletableFuture<T> future, @Nullable Duration timeout, String expected) {
		try {
			return (timeout != null) ? future.get(timeout.toNanos(), TimeUnit.NANOSECONDS) : future.get();
		}
		catch (TimeoutException ex) {
			throw new WorkflowException(ErrorCode.RESULT_TIMEOUT,
					"Expected %s within %s, but it has not. Ask again later".formatted(expected, timeout), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new WorkflowException(ErrorCode.RESULT_TIMEOUT,
					"Expected %s, but the waiting thread was interrupted".formatted(expected), ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof WorkflowException workflow) ? workflow
					: new WorkflowException(ErrorCode.STORE_UNAVAILABLE,
							"Expected %s, but it could not be asked. Try again".formatted(expected), ex.getCause());
		}
		finally {
			future.cancel(false);
		}
	}

	/**
	 * An update that was accepted.
	 */
	private final class Handle<R> implements UpdateHandle<R> {

		private final ExecutionKey run;

		private final String updateId;

		private final Type type;

		Handle(ExecutionKey run, String updateId, Type type) {
			this.run = run;
			this.updateId = updateId;
			this.type = type;
		}

		@Override
		public String updateId() {
			return updateId;
		}

		@Override
		public String workflowId() {
			return run.workflowId();
		}

		@Override
		public String runId() {
			return run.runId();
		}

		@Override
		public @Nullable R result() {
			return await(null);
		}

		@Override
		public @Nullable R result(Duration timeout) {
			return await(timeout);
		}

		@SuppressWarnings("unchecked")
		private @Nullable R await(@Nullable Duration timeout) {
			Optional<HistoryEvent.UpdateCompleted> outcome = UpdateSender.await(
					client.gateway().updateOutcome(run, updateId), timeout,
					"update '%s' of workflow %s to come to an end".formatted(updateId, run));
			HistoryEvent.UpdateCompleted completed = outcome.orElseThrow(() -> failure(ErrorCode.UPDATE_ABANDONED,
					"Expected update '%s' of workflow %s to come to an end, but the workflow ended before. Let it wait for Workflows.allHandlersFinished()"
						.formatted(updateId, run),
					null));
			if (completed.failure() != null) {
				Throwable cause = client.failures().toException(completed.failure());
				throw failure(ErrorCode.UPDATE_FAILED,
						"Expected update '%s' of workflow %s to succeed, but it failed: %s".formatted(updateId, run,
								cause.getMessage()),
						cause);
			}
			return (completed.result() != null) ? (R) client.converter().fromPayload(completed.result(), type) : null;
		}

		private WorkflowUpdateException failure(ErrorCode code, String message, @Nullable Throwable cause) {
			return new WorkflowUpdateException(code, message, run.workflowId(), updateId, cause);
		}

		@Override
		public String toString() {
			return "update " + updateId + " of " + run;
		}

	}

}
