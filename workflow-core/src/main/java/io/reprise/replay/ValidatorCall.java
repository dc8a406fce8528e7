package io.reprise.replay;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.UpdateRejection;
import io.reprise.protocol.UpdateRequest;
import org.jspecify.annotations.Nullable;

/**
 * Asks a validator whether an update may come in, on a thread of its own.
 */
final class ValidatorCall {

	private final WorkflowRun run;

	private final UpdateRequest update;

	private final WorkflowCode.Handler validator;

	private @Nullable QueryContext context;

	private @Nullable UpdateRejection rejection;

	ValidatorCall(WorkflowRun run, UpdateRequest update, WorkflowCode.Handler validator) {
		this.run = run;
		this.update = update;
		this.validator = validator;
	}

	Coroutine coroutine() {
		return run.coroutine(this::bind, this::ask);
	}

	/**
	 * What it came to, after its coroutine ran.
	 * @return the rejection, or {@code null} if it lets the update in
	 */
	@Nullable UpdateRejection rejection() {
		WorkflowException violation = (context != null) ? context.violation() : null;
		return (violation != null) ? rejected(violation, ": " + violation.getMessage()) : rejection;
	}

	private QueryContext bind(Coroutine coroutine) {
		context = new QueryContext(run, coroutine, "a validator");
		return context;
	}

	private void ask() {
		try {
			validator.invoke(run.target(), validator.decode(update.arguments()));
		}
		catch (MachineError ex) {
			throw ex;
		}
		catch (Throwable ex) {
			rejection = rejected(ex, "");
		}
	}

	/** The validator's own message is left to the failure, which is encoded. */
	private UpdateRejection rejected(Throwable thrown, String why) {
		return new UpdateRejection(update.updateId(), ErrorCode.UPDATE_REJECTED,
				"Expected workflow %s (run %s) to take update '%s', but its validator refused%s"
					.formatted(run.info().workflowId(), run.info().runId(), update.name(), why),
				run.closings().failure(thrown));
	}

}
