package io.reprise.worker;

import io.reprise.ActivityContext;
import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.convert.FailureConverter;
import io.reprise.definition.ActivityDefinition;
import io.reprise.definition.ActivityRegistry;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Failure;
import io.reprise.protocol.Payload;
import io.reprise.spi.PayloadConverter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the beans behind activities, on the calling thread.
 */
final class ActivityCode {

	private static final Logger logger = LoggerFactory.getLogger(ActivityCode.class);

	private final ActivityRegistry registry;

	private final PayloadConverter converter;

	private final FailureConverter failures;

	ActivityCode(ActivityRegistry registry, PayloadConverter converter, FailureConverter failures) {
		this.registry = registry;
		this.converter = converter;
		this.failures = failures;
	}

	/**
	 * Runs an attempt.
	 * @param activity the attempt, which the code sees as its context
	 * @return how it ended; never throws
	 */
	Result run(RunningActivity activity) {
		ActivityTask task = activity.task();
		ActivityContext.bind(activity);
		try {
			ActivityDefinition definition = registry.find(task.activityType()).orElseThrow(() -> unknown(task));
			@Nullable Object[] args = converter.fromArguments(task.arguments(), definition.parameterTypes());
			return new Result.Succeeded(converter.toPayload(definition.invoke(args)));
		}
		catch (Throwable ex) {
			logger.debug("Attempt {} of activity {} failed", task.attempt(), task.activityType(), ex);
			return new Result.Failed(failure(ex));
		}
		finally {
			ActivityContext.bind(null);
			// It was for the activity, and its outcome is yet to be written
			Thread.interrupted();
		}
	}

	private Failure failure(Throwable ex) {
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
		// Taken anew, as the failure's may be encoded; it shows no values
		String message = "[%s] %s".formatted(problem.code(), problem.getMessage());
		return switch (problem.code()) {
			case ENCODING_FAILED -> as(failure, "EncodingFailed", message, true);
			case DECODING_FAILED -> as(failure, "DecodingFailed", message, true);
			case CODEC_FAILED -> as(failure, "CodecFailed", message, false);
			case UNKNOWN_ACTIVITY_TYPE -> as(failure, "UnknownActivityType", message, false);
			default -> failure;
		};
	}

	private static Failure as(Failure.Application failure, String type, @Nullable String message,
			boolean nonRetryable) {
		return new Failure.Application(type, message, failure.stackTrace(), nonRetryable, null, failure.details(),
				failure.cause());
	}

	private WorkflowException unknown(ActivityTask task) {
		return new WorkflowException(ErrorCode.UNKNOWN_ACTIVITY_TYPE,
				"Expected an activity named '%s', but this application has only %s. Annotate a bean with @Activity, or correct the name"
					.formatted(task.activityType(), registry.names()));
	}

	/**
	 * How an attempt ended.
	 */
	sealed interface Result {

		/**
		 * It returned.
		 *
		 * @param value what
		 */
		record Succeeded(Payload value) implements Result {

		}

		/**
		 * It threw.
		 *
		 * @param failure what
		 */
		record Failed(Failure failure) implements Result {

		}

	}

}
