package io.reprise.testkit;

import org.jspecify.annotations.Nullable;

/**
 * Stands in for an activity.
 *
 * @see WorkflowTestEnvironment#activity(String, ActivityFunction)
 */
@FunctionalInterface
public interface ActivityFunction {

	/**
	 * Does what the activity would.
	 * @param arguments its arguments
	 * @return its result
	 * @throws Exception what the attempt fails with
	 */
	@Nullable Object call(@Nullable Object[] arguments) throws Exception;

}
