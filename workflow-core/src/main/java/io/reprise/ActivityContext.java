package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Activities} asks of the runner of an activity.
 */
@Internal("implemented by the worker, called by Activities")
public interface ActivityContext {

	/**
	 * The context of this thread's activity.
	 * @return the context
	 * @throws WorkflowException with {@link ErrorCode#NOT_IN_ACTIVITY}
	 */
	static ActivityContext current() {
		ActivityContext context = ContextHolder.ACTIVITY.get();
		if (context == null) {
			throw new WorkflowException(ErrorCode.NOT_IN_ACTIVITY,
					"Expected to be called on the thread of a running activity, but '"
							+ Thread.currentThread().getName()
							+ "' is not one. Call Activities.* from the activity's own thread");
		}
		return context;
	}

	static void bind(@Nullable ActivityContext context) {
		if (context != null) {
			ContextHolder.ACTIVITY.set(context);
		}
		else {
			ContextHolder.ACTIVITY.remove();
		}
	}

	ActivityInfo info();

	void heartbeat(@Nullable Object details);

	<T> @Nullable T lastHeartbeat(Class<T> type);

	boolean isCancelled();

}
