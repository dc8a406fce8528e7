package io.reprise.replay;

import io.reprise.ActivityFailure;
import io.reprise.ApplicationFailure;
import io.reprise.CanceledFailure;
import io.reprise.ChildWorkflowFailure;
import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a run ends. At replay the recorded end stands where the code still ends
 * there: what is a bug or too large is configured, and may have changed since.
 */
final class Closings {

	private static final String TOO_LARGE = "PayloadTooLarge";

	private final WorkflowRun run;

	Closings(WorkflowRun run) {
		this.run = run;
	}

	/**
	 * The workflow method returned.
	 */
	TurnCommand.Closing returned(@Nullable Object result) {
		HistoryEvent.Closing recorded = run.sink().recordedClosing();
		if (recorded instanceof HistoryEvent.WorkflowFailed failed
				&& failed.failure() instanceof Failure.Application application
				&& application.type().equals(TOO_LARGE)) {
			return new TurnCommand.FailWorkflow(application);
		}
		if (run.isReplaying()) {
			return new TurnCommand.CompleteWorkflow(Payload.NULL);
		}
		Payload payload = encode(result);
		ReplayLimits limits = run.services().limits();
		if (payload.size() > limits.payloadBytes()) {
			return fail(tooLarge("a result of the workflow", payload, limits));
		}
		return new TurnCommand.CompleteWorkflow(payload);
	}

	/**
	 * The workflow goes on in another run.
	 */
	TurnCommand.Closing continued(String workflowType, @Nullable Object[] arguments, long deliveredUpTo) {
		HistoryEvent.Closing recorded = run.sink().recordedClosing();
		if (recorded instanceof HistoryEvent.WorkflowFailed failed
				&& failed.failure() instanceof Failure.Application application
				&& application.type().equals(TOO_LARGE)) {
			return new TurnCommand.FailWorkflow(application);
		}
		Payload payload = encodeArguments(arguments);
		ReplayLimits limits = run.services().limits();
		if (payload.size() > limits.payloadBytes() && !(recorded instanceof HistoryEvent.WorkflowContinuedAsNew)) {
			return fail(tooLarge("arguments of the next run", payload, limits));
		}
		return new TurnCommand.ContinueAsNew(workflowType, payload, deliveredUpTo);
	}

	/**
	 * The workflow method threw.
	 * @return how the run ends, or {@code null} if that is a bug and the run stalls
	 */
	TurnCommand.@Nullable Closing threw(Throwable thrown) {
		if (!(thrown instanceof Exception)) {
			run.fate().condemn(thrown);
			return null;
		}
		CanceledFailure cancellation = cancellation(thrown);
		if (cancellation != null && run.isCancelRequested()) {
			return new TurnCommand.CancelWorkflow(run.isReplaying() ? null : canceled(cancellation));
		}
		if (run.sink().recordedClosing() instanceof HistoryEvent.WorkflowFailed failed) {
			return new TurnCommand.FailWorkflow(failed.failure());
		}
		if (run.code().isBug(thrown)) {
			run.fate().condemn(thrown);
			return null;
		}
		return fail(thrown);
	}

	/**
	 * The cancellation behind an exception.
	 * @return the innermost cause, or {@code null} if it is no cancellation
	 */
	static @Nullable CanceledFailure cancellation(Throwable thrown) {
		Throwable cause = thrown;
		while ((cause instanceof ActivityFailure || cause instanceof ChildWorkflowFailure)
				&& cause.getCause() != null) {
			cause = cause.getCause();
		}
		return (cause instanceof CanceledFailure canceled) ? canceled : null;
	}

	static ApplicationFailure tooLarge(String what, Payload payload, ReplayLimits limits) {
		return tooLarge(what, payload, limits.payloadBytes());
	}

	private static ApplicationFailure tooLarge(String what, Payload payload, int limit) {
		return ApplicationFailure.nonRetryable(TOO_LARGE,
				"[%s] Expected %s of at most %d bytes, but it has %d. Pass a reference to the data instead"
					.formatted(ErrorCode.PAYLOAD_TOO_LARGE, what, limit, payload.size()));
	}

	private TurnCommand.FailWorkflow fail(Throwable thrown) {
		return new TurnCommand.FailWorkflow(failure(thrown));
	}

	/**
	 * What is recorded of an exception.
	 */
	Failure failure(Throwable thrown) {
		Failure failure = run.services().failures().toFailure(thrown);
		Payload details = details(failure);
		int limit = run.services().limits().inlineBytes();
		if (details != null) {
			failure = run.services().failures().toFailure(tooLarge("details of a failure", details, limit));
		}
		return failure;
	}

	/**
	 * Details, along the chain of causes, that are too large to record.
	 */
	private @Nullable Payload details(Failure failure) {
		for (Failure link = failure; link != null; link = link.cause()) {
			Payload details = switch (link) {
				case Failure.Application application -> application.details();
				case Failure.Timeout timeout -> timeout.lastHeartbeat();
				case Failure.Canceled canceled -> canceled.details();
				case Failure.Terminated terminated -> null;
				case Failure.WorkerLost lost -> null;
				case Failure.Activity activity -> null;
				case Failure.Child child -> null;
			};
			if (details != null && details.size() > run.services().limits().inlineBytes()) {
				return details;
			}
		}
		return null;
	}

	private Failure.@Nullable Canceled canceled(CanceledFailure cancellation) {
		return (run.services().failures().toFailure(cancellation) instanceof Failure.Canceled canceled) ? canceled
				: null;
	}

	private Payload encodeArguments(@Nullable Object[] arguments) {
		try {
			return run.services().converter().toArguments(arguments);
		}
		catch (WorkflowException ex) {
			throw ApplicationFailure.of("EncodingFailed",
					"[%s] Expected arguments for the next run that can be written, but these cannot: %s"
						.formatted(ex.code(), ex.getMessage()),
					true, null, null, ex);
		}
	}

	private Payload encode(@Nullable Object result) {
		try {
			return run.code().run().encode(result);
		}
		catch (WorkflowException ex) {
			throw run.fate()
				.bug(ex.code(), "Expected a result of workflow '%s' that can be written, but it cannot: %s"
					.formatted(run.info().workflowType(), ex.getMessage()));
		}
	}

}
