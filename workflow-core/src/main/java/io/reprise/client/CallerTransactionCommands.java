package io.reprise.client;

import java.time.Instant;
import java.util.Optional;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.engine.CallerCommands;
import io.reprise.kernel.Kernel;
import io.reprise.kernel.StartDecision;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.CallerTransaction;
import io.reprise.spi.CallerTransaction.Found;
import org.jspecify.annotations.Nullable;

/**
 * Commands that become part of the caller's transaction: what the engine would write is
 * written on the transaction's own connection, and found by the engine once it is
 * committed.
 */
final class CallerTransactionCommands {

	/** What was in the way may be gone before it is looked at. */
	private static final int ATTEMPTS = 5;

	private final CallerTransaction transaction;

	private final CallerCommands engine;

	private final CallerTransaction.Listener listener;

	CallerTransactionCommands(CallerTransaction transaction, CallerCommands engine,
			CallerTransaction.Listener listener) {
		this.transaction = transaction;
		this.engine = engine;
		this.listener = listener;
	}

	CommandResult submit(Command command) {
		return switch (command) {
			case Command.StartWorkflow start -> start(start);
			case Command.SignalWorkflow signal -> send(signal, signal.requestId());
			case Command.RequestCancel cancel -> send(cancel, cancel.requestId());
			case Command.TerminateWorkflow terminate -> send(terminate, terminate.requestId());
			default -> throw new IllegalArgumentException(
					"Expected a command of a client, but found " + command.getClass().getSimpleName());
		};
	}

	private CommandResult start(Command.StartWorkflow start) {
		engine.requireEngine();
		for (int i = 0; i < ATTEMPTS; i++) {
			StartDecision.Existing existing = existing(start);
			switch (Kernel.startConflict(existing, start)) {
				case StartDecision.StartNew startNew -> {
					switch (transaction.create(engine.creation(start, latestStart(existing)))) {
						case WRITTEN -> {
							transaction.whenEnded(listener);
							return new CommandResult.Accepted(start.key(), 1);
						}
						case OPEN_RUN_EXISTS, NEWER_RUN_EXISTS, LOST_RACE, MESSAGE_LEFT -> {
							// Looked at again
						}
						case ID_HELD -> throw held(start.key());
					}
				}
				case StartDecision.UseExisting use -> {
					ExecutionKey key = new ExecutionKey(start.key().namespace(), start.key().workflowId(), use.runId());
					CommandResult result = use.duplicate() ? new CommandResult.Duplicate(key)
							: new CommandResult.Accepted(key, 1);
					return (start.message() instanceof Command.SignalWorkflow signal && !use.duplicate()) ? send(
							new Command.SignalWorkflow(key, signal.name(), signal.arguments(), signal.requestId()),
							signal.requestId()) : result;
				}
				case StartDecision.TerminateExisting terminate -> throw new WorkflowException(
						ErrorCode.TRANSACTION_UNUSABLE,
						"Expected no running workflow %s, but its run %s is open, and a transaction cannot replace it. Start with StartOptions.independent(), or terminate it first in a transaction of its own"
							.formatted(start.key().workflowId(), terminate.runId()));
				case StartDecision.Refuse refuse -> {
					return new CommandResult.Rejected(refuse.code(), refuse.message());
				}
			}
		}
		throw held(start.key());
	}

	private StartDecision.@Nullable Existing existing(Command.StartWorkflow start) {
		return transaction.findLatest(start.key().namespace(), start.key().workflowId())
			.map((found) -> new StartDecision.Existing(found.key().runId(), found.status(), found.startRequestId(),
					found.startTime()))
			.orElse(null);
	}

	private static @Nullable Instant latestStart(StartDecision.@Nullable Existing existing) {
		return (existing != null) ? existing.startTime() : null;
	}

	private static WorkflowException held(ExecutionKey key) {
		return new WorkflowException(ErrorCode.WORKFLOW_ID_HELD,
				"Expected to know whether workflow '%s' is running, but others start and end it at the same time, unseen by this transaction. Roll it back; it may succeed when tried again"
					.formatted(key.workflowId()));
	}

	private CommandResult send(Command command, String requestId) {
		Optional<Found> found = find(command.key());
		if (found.isEmpty()) {
			return new CommandResult.Rejected(ErrorCode.WORKFLOW_NOT_FOUND, notFound(command.key()));
		}
		Found run = found.get();
		if (run.status().isClosed()) {
			return new CommandResult.Rejected(ErrorCode.WORKFLOW_CLOSED,
					"Expected workflow %s to be running, but it is %s; start it anew".formatted(run.key(),
							run.status().displayName()));
		}
		transaction.offer(engine.message(command, requestId, run), command instanceof Command.SignalWorkflow);
		transaction.whenEnded(listener);
		return new CommandResult.Accepted(run.key(), run.historyEvents());
	}

	/**
	 * A run as the transaction sees it, what it has itself started included.
	 * @param key a run, or the latest run if its run id is empty
	 * @return the run, if there is one
	 */
	Optional<Found> find(ExecutionKey key) {
		return key.runId().isEmpty() ? transaction.findLatest(key.namespace(), key.workflowId())
				: transaction.find(key.runId());
	}

	static String notFound(ExecutionKey key) {
		return key.runId().isEmpty()
				? "Expected a workflow with id '%s', but there is none. Check the id, or start it first"
					.formatted(key.workflowId())
				: "Expected run '%s' of workflow '%s', but there is none. It may have been removed after the retention period"
					.formatted(key.runId(), key.workflowId());
	}

}
