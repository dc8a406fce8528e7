package io.reprise.replay;

import io.reprise.ErrorCode;
import io.reprise.WorkflowContext;
import io.reprise.WorkflowException;
import org.jspecify.annotations.Nullable;

/**
 * The context of a thread of a run, as the run's own objects see it: promises, scopes and
 * random numbers reach user code and ask on which thread they are used.
 */
sealed interface RunContext extends WorkflowContext permits MachineContext, QueryContext {

	/**
	 * The context of this thread, which must be one of a run's.
	 * @param run the run
	 * @param what what is about to be used, for the message
	 * @return the context
	 * @throws WorkflowException with {@code NOT_IN_WORKFLOW}
	 */
	static RunContext of(WorkflowRun run, String what) {
		if (WorkflowContext.currentOrNull() instanceof RunContext context && context.run() == run) {
			return context;
		}
		throw new WorkflowException(ErrorCode.NOT_IN_WORKFLOW,
				"Expected %s to be used by the workflow it was made in, %s (run %s), but thread '%s' is none of its own. "
					.formatted(what, run.info().workflowId(), run.info().runId(), Thread.currentThread().getName())
						+ "Keep promises, scopes and generators inside the workflow");
	}

	WorkflowRun run();

	/**
	 * Refuses to go on where not even reading is allowed.
	 * @param call what user code called
	 */
	void requireReadable(String call);

	/**
	 * Refuses to go on where the workflow must not decide anything and must not wait.
	 * @param call what user code called
	 */
	void requireWritable(String call);

	/**
	 * Waits for a promise.
	 * @param <T> type of its result
	 * @param promise the promise
	 * @return its result
	 */
	<T extends @Nullable Object> T join(SettablePromise<T> promise);

	/**
	 * The next random number for this thread.
	 * @return the number
	 */
	long draw();

	@Override
	default boolean isBug(Throwable failure) {
		return run().code().isBug(failure);
	}

}
