package io.reprise;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A child whose class is known.
 *
 * @param <W> the workflow type
 * @param <R> type of its result
 */
final class TypedChild<W, R extends @Nullable Object> implements ChildHandle<W, R> {

	private final Class<W> type;

	private final ChildRef<R> child;

	TypedChild(Class<W> type, ChildRef<R> child) {
		this.type = type;
		this.child = child;
	}

	@Override
	public String workflowId() {
		return child.workflowId();
	}

	@Override
	public String runId() {
		return child.runId();
	}

	@Override
	public Promise<R> result() {
		return child.result();
	}

	@Override
	public void signal(String name, @Nullable Object... args) {
		child.signal(name, args);
	}

	@Override
	public void signal(Consumer<W> call) {
		SignalCall signal = WorkflowContext.current().recordSignal(type, call);
		child.signal(signal.name(), signal.args());
	}

	@Override
	public void cancel() {
		child.cancel();
	}

}
