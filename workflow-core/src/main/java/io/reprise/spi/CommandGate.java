package io.reprise.spi;

import java.util.concurrent.CompletableFuture;

import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;

/**
 * The one door to runs. Whoever has an input for a run submits it here; nothing else
 * changes a run.
 */
public interface CommandGate {

	/**
	 * Submits a command. The calling thread may be made to commit it.
	 * @param command the command
	 * @return completed after the command is durable, or refused; completed exceptionally
	 * with a {@link io.reprise.WorkflowException} of {@code ENGINE_NOT_RUNNING} or
	 * {@code STORE_UNAVAILABLE}
	 */
	CompletableFuture<CommandResult> submit(Command command);

}
