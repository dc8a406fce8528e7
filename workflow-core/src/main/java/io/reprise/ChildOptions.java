package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * How a child workflow is started.
 *
 * @param workflowId the id to find it by, at most 1,000 characters; {@code null} for one
 * that is made of the parent's run id and the child's number within that run
 * @param taskQueue the queue its tasks travel by; {@code null} for the parent's
 * @param parentClosePolicy what becomes of it when the parent has ended first
 * @param cancellationType what the cancellation of the parent's scope means for it
 * @param idReusePolicy when the id belongs to a closed workflow
 */
public record ChildOptions(@Nullable String workflowId, @Nullable String taskQueue, ParentClosePolicy parentClosePolicy,
		ChildCancellationType cancellationType, IdReusePolicy idReusePolicy) {

	private static final ChildOptions DEFAULTS = new ChildOptions(null, null, ParentClosePolicy.TERMINATE,
			ChildCancellationType.WAIT_CANCELLATION_COMPLETED, IdReusePolicy.ALLOW_DUPLICATE);

	public ChildOptions {
		if (workflowId != null && workflowId.isBlank()) {
			throw WorkflowException
				.invalid("Expected a workflow id, but it is blank. Leave it out for one of the parent's");
		}
	}

	/**
	 * A child with an id of the parent's making.
	 * @return the default options
	 */
	public static ChildOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * A child by id.
	 * @param workflowId the id to find the workflow by
	 * @return options with this id
	 */
	public static ChildOptions withId(String workflowId) {
		return new ChildOptions(workflowId, null, DEFAULTS.parentClosePolicy, DEFAULTS.cancellationType,
				DEFAULTS.idReusePolicy);
	}

	public ChildOptions taskQueue(String queue) {
		return new ChildOptions(workflowId, queue, parentClosePolicy, cancellationType, idReusePolicy);
	}

	public ChildOptions onParentClose(ParentClosePolicy policy) {
		return new ChildOptions(workflowId, taskQueue, policy, cancellationType, idReusePolicy);
	}

	public ChildOptions onCancel(ChildCancellationType type) {
		return new ChildOptions(workflowId, taskQueue, parentClosePolicy, type, idReusePolicy);
	}

	public ChildOptions onClosed(IdReusePolicy policy) {
		return new ChildOptions(workflowId, taskQueue, parentClosePolicy, cancellationType, policy);
	}

}
