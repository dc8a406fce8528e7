package io.reprise.replay;

import java.util.function.Consumer;

import io.reprise.ChildCall;
import io.reprise.ChildOptions;
import io.reprise.SignalCall;

/**
 * Turns calls of other workflows' methods into what is recorded of them.
 */
public interface WorkflowCalls {

	/**
	 * A stub whose run method starts a child, through the context of the calling thread,
	 * and waits for its result.
	 * @param <W> the workflow type
	 * @param type class or interface
	 * @param options how children are started
	 * @return the stub
	 */
	<W> W childStub(Class<W> type, ChildOptions options);

	/**
	 * What a lambda calls, which must be the run method.
	 * @param <W> the workflow type
	 * @param type class or interface
	 * @param call the lambda
	 * @param options how the child is started
	 * @return the child to be started
	 */
	<W> ChildCall recordRun(Class<W> type, Consumer<W> call, ChildOptions options);

	/**
	 * What a lambda calls, which must be a signal.
	 * @param <W> the workflow type
	 * @param type class or interface
	 * @param call the lambda
	 * @return the signal to be sent
	 */
	<W> SignalCall recordSignal(Class<W> type, Consumer<W> call);

}
