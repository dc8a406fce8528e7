package io.reprise.replay;

import java.util.ArrayList;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Failure;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.TurnUpdates;
import io.reprise.protocol.UpdateRejection;
import io.reprise.protocol.UpdateRequest;
import org.jspecify.annotations.Nullable;

/**
 * The updates of a run. Live a validator is asked first; at replay only those come that
 * were accepted then. See {@code docs/adr/0021-updates-travel-with-the-turn.md}.
 */
final class Updates {

	private final WorkflowRun run;

	private final Scheduler scheduler;

	private final List<UpdateRequest> accepted = new ArrayList<>(0);

	private final List<UpdateRejection> rejected = new ArrayList<>(0);

	private int handlers;

	private volatile @Nullable String atHand;

	Updates(WorkflowRun run, Scheduler scheduler) {
		this.run = run;
		this.scheduler = scheduler;
	}

	void beginTurn() {
		accepted.clear();
		rejected.clear();
	}

	TurnUpdates ofTurn() {
		return (accepted.isEmpty() && rejected.isEmpty()) ? TurnUpdates.NONE : new TurnUpdates(accepted, rejected);
	}

	/**
	 * The update that is being delivered.
	 * @return its id, or {@code null}
	 */
	@Nullable String atHand() {
		return atHand;
	}

	/**
	 * Begins with the handler of an update, unless it is rejected.
	 * @param update the update
	 * @return the coroutine of the handler, or {@code null}
	 */
	@Nullable Coroutine receive(UpdateRequest update) {
		WorkflowCode.Handler handler = run.code().update(update.name());
		if (run.isReplaying()) {
			return start(update, required(update, handler), decodeAgain(update, required(update, handler)));
		}
		atHand = update.updateId();
		if (handler == null) {
			reject(update, ErrorCode.UNKNOWN_UPDATE,
					"Expected workflow '%s' to have an update '%s', but it has none of this name. Look for @Workflow.Update"
						.formatted(run.info().workflowType(), update.name()),
					null);
			return null;
		}
		@Nullable Object[] arguments;
		try {
			arguments = handler.decode(update.arguments());
		}
		catch (WorkflowException ex) {
			reject(update, ex.code(), "Expected arguments that update '%s' of workflow '%s' can read, but it cannot: %s"
				.formatted(update.name(), run.info().workflowType(), ex.getMessage()), null);
			return null;
		}
		if (!isValid(update)) {
			return null;
		}
		accepted.add(update);
		run.locals().seeInput();
		return start(update, handler, arguments);
	}

	/** What goes wrong from here on is not the update's own fault. */
	void received() {
		if (!run.fate().isUnwinding()) {
			atHand = null;
		}
	}

	void handlerBegins() {
		handlers++;
	}

	void handlerEnds() {
		handlers--;
	}

	boolean allHandlersFinished() {
		return handlers == 0;
	}

	private Coroutine start(UpdateRequest update, WorkflowCode.Handler handler, @Nullable Object[] arguments) {
		return run.startUpdate(() -> handle(update, handler, arguments));
	}

	private boolean isValid(UpdateRequest update) {
		WorkflowCode.Handler validator = run.code().validator(update.name());
		if (validator == null) {
			return true;
		}
		ValidatorCall call = new ValidatorCall(run, update, validator);
		scheduler.runAlone(call.coroutine());
		UpdateRejection rejection = call.rejection();
		if (rejection != null) {
			rejected.add(rejection);
		}
		return rejection == null && !run.fate().isUnwinding();
	}

	private void reject(UpdateRequest update, ErrorCode code, String message, @Nullable Failure failure) {
		rejected.add(new UpdateRejection(update.updateId(), code, message, failure));
	}

	private WorkflowCode.Handler required(UpdateRequest update, WorkflowCode.@Nullable Handler handler) {
		if (handler == null) {
			throw run.fate()
				.nonDeterminism(
						"Expected workflow '%s' to have an update '%s', as %s (run %s) has accepted '%s', but it has none. "
							.formatted(run.info().workflowType(), update.name(), run.info().workflowId(),
									run.info().runId(), update.updateId())
								+ "Keep its handler until such runs have ended");
		}
		return handler;
	}

	private @Nullable Object[] decodeAgain(UpdateRequest update, WorkflowCode.Handler handler) {
		try {
			return handler.decode(update.arguments());
		}
		catch (WorkflowException ex) {
			throw run.fate()
				.bug(ex.code(),
						"Expected arguments that update '%s' of workflow '%s' can read, but it cannot: %s. "
							.formatted(update.name(), run.info().workflowType(), ex.getMessage())
								+ "Make its parameters read what is recorded");
		}
	}

	// Runs on the coroutine of the handler

	private void handle(UpdateRequest update, WorkflowCode.Handler handler, @Nullable Object[] arguments) {
		try {
			returned(update, handler, handler.invoke(run.target(), arguments));
		}
		catch (Throwable ex) {
			threw(update, ex);
		}
		finally {
			handlerEnds();
		}
	}

	private void returned(UpdateRequest update, WorkflowCode.Handler handler, @Nullable Object result) {
		if (run.isReplaying()) {
			complete(update, Payload.NULL, null);
			return;
		}
		Payload payload = handler.encode(result);
		ReplayLimits limits = run.services().limits();
		if (payload.size() > limits.payloadBytes()) {
			complete(update, null, run.closings()
				.failure(Closings.tooLarge("a result of update '" + update.name() + "'", payload, limits)));
			return;
		}
		complete(update, payload, null);
	}

	/** What was recorded as an outcome stays one, whatever counts as a bug today. */
	private void threw(UpdateRequest update, Throwable thrown) {
		boolean recorded = thrown instanceof Exception
				&& run.sink().isRecorded(new TurnCommand.CompleteUpdate(update.updateId(), Payload.NULL, null));
		if (recorded) {
			complete(update, Payload.NULL, null);
		}
		else if (!(thrown instanceof Exception) || run.code().isBug(thrown)
				|| (thrown instanceof WorkflowException workflow && workflow.code() == ErrorCode.ENCODING_FAILED)) {
			run.fate().condemn(thrown);
		}
		else {
			complete(update, null, run.closings().failure(thrown));
		}
	}

	private void complete(UpdateRequest update, @Nullable Payload result, @Nullable Failure failure) {
		run.sink().issue(new TurnCommand.CompleteUpdate(update.updateId(), result, failure));
	}

}
