package io.reprise.replay;

import java.util.function.Consumer;

import io.reprise.ActivitySettings;
import io.reprise.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The code of a workflow type, as the replayer needs it.
 */
public interface WorkflowCode {

	String workflowType();

	/**
	 * Makes an instance for one run, with activity stubs for its constructor and fields.
	 * Called on a thread of the run.
	 * @return the instance
	 * @throws Throwable what the constructor throws
	 */
	Object newInstance() throws Throwable;

	/**
	 * The workflow method.
	 * @return its handler
	 */
	Handler run();

	/**
	 * The handler of a signal.
	 * @param name name of the signal
	 * @return the handler, or {@code null} if there is none
	 */
	@Nullable Handler signal(String name);

	/**
	 * The handler of a query.
	 * @param name name of the query
	 * @return the handler, or {@code null} if there is none
	 */
	@Nullable Handler query(String name);

	/**
	 * The handler of an update.
	 * @param name name of the update
	 * @return the handler, or {@code null} if there is none
	 */
	default @Nullable Handler update(String name) {
		return null;
	}

	/**
	 * What is asked before an update is accepted.
	 * @param name name of the update
	 * @return the validator, or {@code null} if all are accepted
	 */
	default @Nullable Handler validator(String name) {
		return null;
	}

	/**
	 * Whether an exception that escapes the workflow method stalls the run rather than
	 * failing it.
	 * @param failure the exception
	 * @return {@code true} for bugs
	 */
	boolean isBug(Throwable failure);

	/**
	 * A stub of an activity type with options of the call site.
	 * @param <T> the activity type
	 * @param type class or interface
	 * @param settings options that come before all others
	 * @return the stub
	 */
	<T> T activityStub(Class<T> type, ActivitySettings settings);

	/**
	 * Which workflow a lambda runs, and with what.
	 * @param <W> the workflow type
	 * @param type class or interface of a workflow
	 * @param call exactly one call of its run method
	 * @return the call
	 * @throws io.reprise.WorkflowException with {@code INVALID_RECORDED_CALL}
	 */
	default <W> RunCall runCall(Class<W> type, Consumer<W> call) {
		throw new UnsupportedOperationException();
	}

	/**
	 * A call of a run method.
	 *
	 * @param workflowType name of the workflow type
	 * @param arguments the arguments
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record RunCall(String workflowType, @Nullable Object[] arguments) {

	}

	/**
	 * What records calls of other workflows.
	 * @return the recorder
	 */
	WorkflowCalls calls();

	/**
	 * A method of the workflow that can be called from outside.
	 */
	interface Handler {

		/**
		 * Reads its arguments.
		 * @param arguments the payload
		 * @return the arguments
		 * @throws io.reprise.WorkflowException with {@code DECODING_FAILED}
		 */
		@Nullable Object[] decode(Payload arguments);

		/**
		 * Calls it.
		 * @param target the workflow
		 * @param arguments the arguments
		 * @return its result
		 * @throws Throwable what the method throws, unwrapped
		 */
		@Nullable Object invoke(Object target, @Nullable Object[] arguments) throws Throwable;

		/**
		 * Writes its result.
		 * @param result the result
		 * @return the payload
		 * @throws io.reprise.WorkflowException with {@code ENCODING_FAILED}
		 */
		Payload encode(@Nullable Object result);

	}

}
