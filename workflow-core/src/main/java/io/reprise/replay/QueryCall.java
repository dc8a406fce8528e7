package io.reprise.replay;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * One question to a workflow, on a thread of its own.
 */
final class QueryCall {

	private final WorkflowRun run;

	private final Object instance;

	private final String name;

	private final WorkflowCode.Handler handler;

	private final Payload arguments;

	private @Nullable QueryContext context;

	private @Nullable Payload answer;

	private @Nullable WorkflowException failure;

	QueryCall(WorkflowRun run, Object instance, String name, WorkflowCode.Handler handler, Payload arguments) {
		this.run = run;
		this.instance = instance;
		this.name = name;
		this.handler = handler;
		this.arguments = arguments;
	}

	Coroutine coroutine() {
		return run.coroutine(this::bind, this::ask);
	}

	/**
	 * What it came to, after its coroutine ran.
	 * @throws WorkflowException if there is no answer
	 */
	Payload answer() {
		WorkflowException violation = (context != null) ? context.violation() : null;
		if (violation != null) {
			throw violation;
		}
		if (failure != null) {
			throw failure;
		}
		if (answer == null) {
			throw new WorkflowException(ErrorCode.QUERY_FAILED,
					"Expected query '%s' of workflow %s (run %s) to answer, but it did not come to an end%s"
						.formatted(name, run.info().workflowId(), run.info().runId(), (run.fate().bug() != null)
								? ": " + run.fate().bug().message() : ". Make it only look at the state"));
		}
		return answer;
	}

	private QueryContext bind(Coroutine coroutine) {
		context = new QueryContext(run, coroutine);
		return context;
	}

	private void ask() {
		@Nullable Object[] values;
		try {
			values = handler.decode(arguments);
		}
		catch (WorkflowException ex) {
			failure = ex;
			return;
		}
		try {
			answer = handler.encode(handler.invoke(instance, values));
		}
		catch (MachineError ex) {
			throw ex;
		}
		catch (Throwable ex) {
			failure = new WorkflowException(ErrorCode.QUERY_FAILED,
					"Expected query '%s' of workflow %s (run %s) to answer, but it threw %s".formatted(name,
							run.info().workflowId(), run.info().runId(), Bugs.describe(ex)),
					ex);
		}
	}

}
