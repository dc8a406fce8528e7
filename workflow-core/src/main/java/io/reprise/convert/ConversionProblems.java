package io.reprise.convert;

import java.lang.reflect.Type;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Says what went wrong between values and JSON without showing a value: by types, paths
 * and places in code.
 */
final class ConversionProblems {

	private ConversionProblems() {
	}

	static WorkflowException encoding(String what, @Nullable Object value, RuntimeException problem) {
		String type = (value != null) ? value.getClass().getTypeName() : "null";
		return new WorkflowException(ErrorCode.ENCODING_FAILED,
				"Expected %s of type %s to be writable as JSON, but Jackson failed%s: %s; make the type one that Jackson can write"
					.formatted(what, type, at(problem), describe(problem)));
	}

	static WorkflowException decoding(String what, Type type, RuntimeException problem) {
		return new WorkflowException(ErrorCode.DECODING_FAILED,
				"Expected %s to be readable as %s, but Jackson failed%s: %s; types must go on reading what they once wrote"
					.formatted(what, type.getTypeName(), at(problem), describe(problem)));
	}

	private static String at(RuntimeException problem) {
		StringBuilder path = new StringBuilder();
		if (problem instanceof JacksonException jackson) {
			for (JacksonException.Reference step : jackson.getPath()) {
				if (step.getPropertyName() != null) {
					path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
				}
				else {
					path.append('[').append(step.getIndex()).append(']');
				}
			}
		}
		return path.isEmpty() ? "" : " at '" + path + "'";
	}

	private static String describe(RuntimeException problem) {
		return switch (problem) {
			case MismatchedInputException ex when ex.getTargetType() != null ->
				"it does not fit " + ex.getTargetType().getTypeName() + origin(ex);
			case InvalidDefinitionException ex when ex.getType() != null ->
				ex.getType().toCanonical() + " cannot be handled" + origin(ex);
			case StreamReadException ex -> "it is no JSON" + origin(ex);
			default -> problem.getClass().getSimpleName() + origin(problem);
		};
	}

	/** Where application code threw, if it did. */
	private static String origin(RuntimeException problem) {
		Throwable root = problem;
		for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
			root = root.getCause();
		}
		if (root == problem || root instanceof JacksonException) {
			return "";
		}
		StackTraceElement[] frames = root.getStackTrace();
		return ", because of " + root.getClass().getName() + ((frames.length > 0) ? " at " + frames[0] : "");
	}

}
