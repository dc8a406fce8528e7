package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a history records and that is therefore the same at every replay. What
 * an activity or a workflow failed with reaches its caller as one of these, with its
 * whole chain of causes.
 */
public abstract sealed class RecordedFailure extends WorkflowException permits ApplicationFailure, ActivityFailure,
		ChildWorkflowFailure, TimeoutFailure, CanceledFailure, TerminatedFailure {

	RecordedFailure(ErrorCode code, @Nullable String message, @Nullable Throwable cause) {
		super(code, message, cause);
	}

	/**
	 * Whether this failure, or one of its causes, is an {@link ApplicationFailure} of a
	 * type.
	 * @param type simple or qualified name of an exception class, or the type that the
	 * application named
	 * @return {@code true} if so
	 */
	public boolean isCausedBy(String type) {
		for (Throwable t = this; t != null; t = t.getCause()) {
			if (t instanceof ApplicationFailure application && application.isType(type)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether this failure, or one of its causes, was an exception of a class when it was
	 * thrown.
	 * @param type the exception class, compared by name
	 * @return {@code true} if so
	 */
	public boolean isCausedBy(Class<? extends Throwable> type) {
		return isCausedBy(type.getName());
	}

}
