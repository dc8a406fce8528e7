package io.reprise.spi;

import java.util.concurrent.CompletableFuture;

import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;

/**
 * A turn that may run before its input is durable, so that both become durable together
 * and an activity costs one transition instead of two. Nothing the turn produces leaves
 * the process before that: see {@code docs/adr/0015-one-turn-ahead-of-its-commit.md}.
 * <p>
 * The worker ends it with {@link #submit} or {@link #decline}, from one thread, which may
 * be made to wait.
 */
public interface TurnAhead {

	/**
	 * Hands in what the turn decided. May wait until its input is durable.
	 * @param outcome the outcome
	 * @return completed like that of {@link CommandGate#submit}; with {@code Stale} if
	 * the input was lost, upon which the worker throws its machine away
	 */
	CompletableFuture<CommandResult> submit(Command outcome);

	/**
	 * Leaves the turn undone: it is dispatched as usual once its input is durable. May
	 * wait for that. Does nothing after {@link #submit}.
	 */
	void decline();

	/**
	 * Waits until the input is durable, for what cannot be taken back. The engine does
	 * not wait for the turn any more.
	 * @return {@code false} if it never will be: nothing the turn does counts
	 */
	boolean awaitInput();

	/**
	 * Whether the input is durable, and the history can be read with it.
	 * @return {@code true} if so
	 */
	boolean isInputDurable();

}
