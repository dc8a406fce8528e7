package io.reprise.it.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.WorkflowTask;
import io.reprise.spi.TaskDispatch;

/**
 * Keeps what an engine dispatches, so that a test can be its worker.
 */
class RecordingDispatch implements TaskDispatch {

	private final List<WorkflowTask> workflowTasks = new CopyOnWriteArrayList<>();

	private final List<ActivityTask> activityTasks = new CopyOnWriteArrayList<>();

	private final List<Integer> cancelled = new CopyOnWriteArrayList<>();

	private final List<ExecutionKey> closed = new CopyOnWriteArrayList<>();

	private volatile Runnable listener = () -> {
	};

	/** Does something in the thread that dispatches a turn. */
	void onDispatch(Runnable action) {
		listener = action;
	}

	@Override
	public void dispatch(WorkflowTask task) {
		workflowTasks.add(task);
		listener.run();
	}

	@Override
	public void dispatch(ActivityTask task) {
		activityTasks.add(task);
	}

	@Override
	public void cancelActivity(ExecutionKey key, int activityId) {
		cancelled.add(activityId);
	}

	@Override
	public void runClosed(ExecutionKey key) {
		closed.add(key);
	}

	List<WorkflowTask> takeWorkflowTasks() {
		List<WorkflowTask> taken = new ArrayList<>(workflowTasks);
		workflowTasks.removeAll(taken);
		return taken;
	}

	WorkflowTask takeWorkflowTask() {
		List<WorkflowTask> taken = takeWorkflowTasks();
		if (taken.size() != 1) {
			throw new AssertionError("Expected one workflow task, but there are " + taken);
		}
		return taken.getFirst();
	}

	ActivityTask takeActivityTask() {
		if (activityTasks.size() != 1) {
			throw new AssertionError("Expected one activity task, but there are " + activityTasks);
		}
		return activityTasks.removeFirst();
	}

	boolean isEmpty() {
		return workflowTasks.isEmpty() && activityTasks.isEmpty();
	}

	List<Integer> cancelled() {
		return cancelled;
	}

	List<ExecutionKey> closed() {
		return closed;
	}

}
