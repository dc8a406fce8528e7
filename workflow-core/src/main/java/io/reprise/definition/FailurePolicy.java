package io.reprise.definition;

import java.util.Set;

import io.reprise.ErrorCode;
import io.reprise.RecordedFailure;
import io.reprise.WorkflowException;

/**
 * Which exceptions that escape a workflow method fail the workflow, and which are bugs
 * that stall it until it is mended. Exception classes are given by simple or qualified
 * name and count for their subclasses; the nearest class that is named decides, and what
 * stalls comes before what fails.
 *
 * @param failing exceptions that fail the workflow
 * @param stalling exceptions that stall it
 */
public record FailurePolicy(Set<String> failing, Set<String> stalling) {

	/** Only what is always a bug stalls. */
	public static final FailurePolicy DEFAULT = new FailurePolicy(Set.of(), Set.of());

	public FailurePolicy {
		failing = Set.copyOf(failing);
		stalling = Set.copyOf(stalling);
	}

	/**
	 * Whether an exception stalls.
	 * @param failure the exception
	 * @return {@code true} for bugs
	 */
	public boolean isBug(Throwable failure) {
		for (Class<?> type = failure.getClass(); type != Object.class; type = type.getSuperclass()) {
			if (names(stalling, type)) {
				return true;
			}
			if (names(failing, type)) {
				return false;
			}
		}
		return isBugByDefault(failure);
	}

	private static boolean names(Set<String> names, Class<?> type) {
		return names.contains(type.getName()) || names.contains(type.getSimpleName())
				|| (type.getCanonicalName() != null && names.contains(type.getCanonicalName()));
	}

	private static boolean isBugByDefault(Throwable failure) {
		// Reprise's own exceptions say that it was misused, unless they carry a failure.
		if (failure instanceof WorkflowException workflowException) {
			return !(failure instanceof RecordedFailure) && workflowException.code() != ErrorCode.FAILED;
		}
		return failure instanceof Error || failure instanceof NullPointerException
				|| failure instanceof ClassCastException || failure instanceof IndexOutOfBoundsException
				|| failure instanceof ArrayStoreException;
	}

}
