package io.reprise;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Another workflow, by its id.
 *
 * @param <W> the workflow type
 */
final class Neighbour<W> implements ExternalWorkflow<W> {

	private final @Nullable Class<W> type;

	private final String workflowId;

	Neighbour(@Nullable Class<W> type, String workflowId) {
		if (workflowId.isBlank()) {
			throw WorkflowException.invalid("Expected the id of a workflow, but it is blank");
		}
		this.type = type;
		this.workflowId = workflowId;
	}

	@Override
	public String workflowId() {
		return workflowId;
	}

	@Override
	public void signal(String name, @Nullable Object... args) {
		WorkflowContext.current().signalExternal(workflowId, new SignalCall(name, args)).get();
	}

	@Override
	public void signal(Consumer<W> call) {
		if (type == null) {
			throw WorkflowException.invalid("Expected the class of a workflow to record a call of, but it is unknown");
		}
		WorkflowContext context = WorkflowContext.current();
		context.signalExternal(workflowId, context.recordSignal(type, call)).get();
	}

	@Override
	public void cancel() {
		WorkflowContext.current().cancelExternal(workflowId).get();
	}

}
