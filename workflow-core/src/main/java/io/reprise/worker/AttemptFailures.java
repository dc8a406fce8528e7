package io.reprise.worker;

import io.reprise.WorkflowException;
import io.reprise.convert.FailureConverter;
import io.reprise.protocol.Failure;
import org.jspecify.annotations.Nullable;

/** What an attempt failed with, as it is recorded. */
final class AttemptFailures {

	private final FailureConverter failures;

	AttemptFailures(FailureConverter failures) {
		this.failures = failures;
	}

	Failure of(Throwable ex) {
		Failure failure = failures.toFailure(ex);
		if (failure instanceof Failure.Application application) {
			if (ex instanceof WorkflowException problem) {
				return ofThePlatform(application, problem);
			}
			if (ex instanceof Error) {
				return as(application, application.type(), application.message(), true);
			}
		}
		return failure;
	}

	/** A workflow can tell these apart by their type, and a reader by the code. */
	private static Failure ofThePlatform(Failure.Application failure, WorkflowException problem) {
		String message = "[%s] %s".formatted(problem.code(), failure.message());
		return switch (problem.code()) {
			case ENCODING_FAILED -> as(failure, "EncodingFailed", message, true);
			case DECODING_FAILED -> as(failure, "DecodingFailed", message, true);
			case UNKNOWN_ACTIVITY_TYPE -> as(failure, "UnknownActivityType", message, false);
			default -> failure;
		};
	}

	private static Failure as(Failure.Application failure, String type, @Nullable String message,
			boolean nonRetryable) {
		return new Failure.Application(type, message, failure.stackTrace(), nonRetryable, null, failure.details(),
				failure.cause());
	}

}
