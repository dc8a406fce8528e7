package io.reprise.convert;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import io.reprise.ActivityFailure;
import io.reprise.ApplicationFailure;
import io.reprise.CanceledFailure;
import io.reprise.ChildWorkflowFailure;
import io.reprise.ErrorCode;
import io.reprise.RecordedFailure;
import io.reprise.TerminatedFailure;
import io.reprise.TimeoutFailure;
import io.reprise.WorkflowException;
import io.reprise.protocol.Failure;
import io.reprise.protocol.Payload;
import io.reprise.spi.PayloadConverter;
import org.jspecify.annotations.Nullable;

/**
 * Turns exceptions into failures that a history can record, and back. Neither direction
 * ever throws: a failure must not be lost because something about it is odd. May be
 * shared between threads.
 */
public final class FailureConverter {

	/** Type under which the loss of a worker reaches the application. */
	public static final String WORKER_LOST = "WorkerLost";

	/** Failures in one chain, the first included. */
	static final int MAX_DEPTH = 10;

	/** UTF-8 bytes of a message. */
	static final int MAX_MESSAGE = 64 * 1024;

	private final PayloadConverter payloads;

	/**
	 * Makes a converter.
	 * @param payloads converts the values that travel with failures
	 */
	public FailureConverter(PayloadConverter payloads) {
		this.payloads = payloads;
	}

	/**
	 * What a history records of an exception. Recorded failures are kept as they are; any
	 * other exception becomes an application's, with its class name as the type. Chains
	 * of causes end after ten failures, or where they turn in a circle; long messages and
	 * stack traces are cut.
	 * @param exception the exception
	 * @return the failure
	 */
	public Failure toFailure(Throwable exception) {
		return toFailure(exception, Collections.newSetFromMap(new IdentityHashMap<>()));
	}

	private Failure toFailure(Throwable exception, Set<Throwable> above) {
		above.add(exception);
		Throwable cause = ThrowableText.cause(exception);
		Failure failureOfCause = (cause != null && above.size() < MAX_DEPTH && !above.contains(cause))
				? toFailure(cause, above) : null;
		return (exception instanceof RecordedFailure recorded) ? recorded(recorded, failureOfCause)
				: new Failure.Application(exception.getClass().getName(), message(exception, ""),
						text(ThrowableText.stackTrace(exception)), false, null, null, failureOfCause);
	}

	private Failure recorded(RecordedFailure exception, @Nullable Failure cause) {
		return switch (exception) {
			case ApplicationFailure e -> {
				Encoded details = encode(e.details());
				yield new Failure.Application(e.type(), message(e, details.note()), text(ThrowableText.stackTrace(e)),
						e.isNonRetryable(), e.nextRetryDelay(), details.payload(), cause);
			}
			case ActivityFailure e -> new Failure.Activity(e.activityType(), e.activityId(), e.attempts(), cause);
			case ChildWorkflowFailure e -> new Failure.Child(e.workflowType(), e.workflowId(), e.runId(), cause);
			case TimeoutFailure e -> {
				Encoded heartbeat = encode(e.lastHeartbeat());
				yield new Failure.Timeout(e.timeoutType(), message(e, heartbeat.note()), heartbeat.payload(), cause);
			}
			case CanceledFailure e -> {
				Encoded details = encode(e.details());
				yield new Failure.Canceled(message(e, details.note()), details.payload());
			}
			case TerminatedFailure e -> new Failure.Terminated(message(e, ""));
		};
	}

	private @Nullable String message(Throwable exception, String note) {
		return text(plainMessage(exception, note));
	}

	private @Nullable String text(@Nullable String text) {
		try {
			return (text != null) ? payloads.toFailureText(text) : null;
		}
		catch (RuntimeException ex) {
			// To record it as it is would give away what is to be kept secret
			return "(left out, as it could not be encoded: %s)".formatted(reason(ex));
		}
	}

	private @Nullable String read(@Nullable String text, boolean strict) {
		try {
			return (text != null) ? payloads.fromFailureText(text) : null;
		}
		catch (RuntimeException ex) {
			requireDecoded(ex, strict);
			return "(encoded, and cannot be read here: %s)".formatted(reason(ex));
		}
	}

	private static @Nullable String plainMessage(Throwable exception, String note) {
		String message = ThrowableText.message(exception);
		if (note.isEmpty()) {
			return (message != null) ? ThrowableText.cut(message, MAX_MESSAGE) : null;
		}
		String shortNote = ThrowableText.cut(note, 1024);
		return (message != null) ? ThrowableText.cut(message, MAX_MESSAGE - 1100) + " " + shortNote : shortNote;
	}

	private Encoded encode(@Nullable Object details) {
		if (details == null) {
			return Encoded.NOTHING;
		}
		try {
			return new Encoded(payloads.toPayload(details), "");
		}
		catch (RuntimeException | StackOverflowError ex) {
			return new Encoded(null, "[without its details of type %s, which could not be written: %s]"
				.formatted(details.getClass().getName(), reason(ex)));
		}
	}

	/**
	 * The exception that the application sees for a failure.
	 * @param failure the failure
	 * @return the exception, with the recorded stack trace where there is one
	 */
	public RecordedFailure toException(Failure failure) {
		return toException(failure, false);
	}

	/**
	 * The exception that a workflow sees for a failure: what it decides by it must not
	 * depend on a key that is missing for a while.
	 * @param failure the failure
	 * @return the exception
	 * @throws WorkflowException with {@code CODEC_FAILED} if a part of it cannot be
	 * decoded
	 */
	public RecordedFailure toExceptionOrThrow(Failure failure) {
		return toException(failure, true);
	}

	private RecordedFailure toException(Failure failure, boolean strict) {
		Failure failureOfCause = failure.cause();
		RecordedFailure cause = (failureOfCause != null) ? toException(failureOfCause, strict) : null;
		return switch (failure) {
			case Failure.Application f -> {
				Decoded details = decode(f.details(), strict);
				ApplicationFailure exception = ApplicationFailure.of(f.type(),
						details.noteTo(read(f.message(), strict)), f.nonRetryable(), f.nextRetryDelay(),
						details.value(), cause);
				ThrowableText.restoreStackTrace(exception, read(f.stackTrace(), strict));
				yield exception;
			}
			case Failure.Timeout f -> {
				Decoded heartbeat = decode(f.lastHeartbeat(), strict);
				yield new TimeoutFailure(f.timeoutType(), heartbeat.noteTo(read(f.message(), strict)),
						heartbeat.value(), cause);
			}
			case Failure.Canceled f -> {
				Decoded details = decode(f.details(), strict);
				yield new CanceledFailure(details.noteTo(read(f.message(), strict)), details.value());
			}
			case Failure.Terminated f -> new TerminatedFailure(read(f.message(), strict));
			case Failure.WorkerLost f -> ApplicationFailure.retryable(WORKER_LOST, f.message());
			case Failure.Child f -> new ChildWorkflowFailure(f.workflowType(), f.workflowId(), f.runId(), cause);
			case Failure.Activity f -> new ActivityFailure(f.activityType(), f.activityId(), f.attempts(), cause);
		};
	}

	private Decoded decode(@Nullable Payload details, boolean strict) {
		if (details == null) {
			return Decoded.NOTHING;
		}
		try {
			return new Decoded(payloads.fromPayload(details, Object.class), "");
		}
		catch (RuntimeException | StackOverflowError ex) {
			requireDecoded(ex, strict);
			return new Decoded(null, "[without its details, which could not be read: %s]".formatted(reason(ex)));
		}
	}

	private static void requireDecoded(Throwable problem, boolean strict) {
		if (strict && problem instanceof WorkflowException ex && ex.code() == ErrorCode.CODEC_FAILED) {
			throw ex;
		}
	}

	/** Messages of our own show no values; those of others may. */
	private static @Nullable String reason(Throwable problem) {
		return (problem instanceof WorkflowException) ? problem.getMessage() : problem.getClass().getName();
	}

	private record Encoded(@Nullable Payload payload, String note) {

		private static final Encoded NOTHING = new Encoded(null, "");

	}

	private record Decoded(@Nullable Object value, String note) {

		private static final Decoded NOTHING = new Decoded(null, "");

		private @Nullable String noteTo(@Nullable String message) {
			if (note.isEmpty()) {
				return message;
			}
			return (message != null) ? message + " " + note : note;
		}

	}

}
