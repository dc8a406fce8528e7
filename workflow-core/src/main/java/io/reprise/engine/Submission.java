package io.reprise.engine;

import java.util.concurrent.CompletableFuture;

import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;

/**
 * A command on its way through a lane.
 */
final class Submission {

	private final Command command;

	private final long submittedNanos;

	private final CompletableFuture<CommandResult> answer = new CompletableFuture<>();

	private final boolean decidedOnce;

	/**
	 * Whether the store must be asked for runs of the workflow id before a start is
	 * decided: after an attempt whose outcome is not known, or that met an open run.
	 */
	private boolean lookupNeeded;

	/** Whether an attempt to write it may have succeeded, or met another's. */
	private boolean repeated;

	Submission(Command command, long submittedNanos) {
		this(command, submittedNanos, false);
	}

	private Submission(Command command, long submittedNanos, boolean decidedOnce) {
		this.command = command;
		this.submittedNanos = submittedNanos;
		this.decidedOnce = decidedOnce;
		// A child may end in its first turn, ahead of its creation: then nothing but a
		// look tells that its id is in use
		this.lookupNeeded = command instanceof Command.StartWorkflow start
				&& (!start.isUnique() || start.parent() != null);
	}

	/**
	 * What a turn ahead of its input decided. It holds for the input it saw and no other,
	 * so it is never decided again.
	 * @param outcome the outcome
	 * @return the submission
	 */
	static Submission ofTurnAhead(Command outcome) {
		return new Submission(outcome, 0, true);
	}

	/**
	 * What looks at the run of this command, which is given up although it may have taken
	 * effect.
	 * @param nanos the time, on the ticker
	 * @return the submission
	 */
	Submission toLookAt(long nanos) {
		Submission look = new Submission(new Command.TakeMessages(command.key()), nanos);
		look.requireLookup();
		return look;
	}

	/**
	 * Whether it is dropped, rather than decided again, if it does not become durable.
	 * @return {@code true} if so
	 */
	boolean isDecidedOnce() {
		return decidedOnce;
	}

	Command command() {
		return command;
	}

	CompletableFuture<CommandResult> answer() {
		return answer;
	}

	long submittedNanos() {
		return submittedNanos;
	}

	boolean lookupNeeded() {
		return lookupNeeded;
	}

	void requireLookup() {
		lookupNeeded = true;
		repeated = true;
	}

	/**
	 * Whether it was tried before, and what it does may have been done.
	 * @return {@code true} if so
	 */
	boolean isRepeated() {
		return repeated;
	}

	/**
	 * Whether somebody waits for the answer who can be told that the store is away. What
	 * workers and the clock submit is kept until the store is back.
	 * @return {@code true} for commands of clients
	 */
	boolean isFromClient() {
		return switch (command) {
			case Command.StartWorkflow start -> true;
			case Command.SignalWorkflow signal -> true;
			case Command.UpdateWorkflow update -> true;
			case Command.RequestCancel cancel -> true;
			case Command.TerminateWorkflow terminate -> true;
			case Command.CompleteTask complete -> false;
			case Command.StallTask stall -> false;
			case Command.StartActivity start -> false;
			case Command.CompleteActivity complete -> false;
			case Command.FailActivity fail -> false;
			case Command.RecordHeartbeat heartbeat -> false;
			case Command.FireDue due -> false;
			case Command.AdoptRun adopt -> false;
			case Command.TakeMessages take -> false;
			case Command.TakeAnswer take -> false;
			case Command.ResolveChild resolve -> false;
			case Command.SettleDuty settle -> false;
		};
	}

}
