package io.reprise.replay;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.UpdateRequest;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the inputs of a turn: messages first, then the rest, each in order of id.
 * After each the coroutines run until all are blocked. So a turn cannot end the run
 * before its messages were handled: after the workflow method returned, it goes on with
 * what is left of them, and only then closes. Updates come after the messages: once the
 * run is ending, no more of them are accepted. The outcomes of local activities come
 * last.
 */
final class Delivery {

	private final WorkflowRun run;

	private final Scheduler scheduler;

	/** Inputs that the history says were passed over. */
	private final Set<Long> skipped = new HashSet<>();

	/** Messages of the turn that are still to be delivered. */
	private int messagesLeft;

	/** Id of the last message that was delivered. */
	private long deliveredUpTo;

	/** Runs the handler of the message at hand. */
	private @Nullable Coroutine handler;

	Delivery(WorkflowRun run, Scheduler scheduler) {
		this.run = run;
		this.scheduler = scheduler;
	}

	void skip(long inputId) {
		skipped.add(inputId);
	}

	long deliveredUpTo() {
		return deliveredUpTo;
	}

	/**
	 * Delivers, and ends the run if its code has come to an end.
	 * @param inputs the inputs in order of id
	 * @param updates the updates, at replay those that were accepted
	 */
	void deliver(List<RecordedEvent> inputs, List<UpdateRequest> updates) {
		messagesLeft = 0;
		for (RecordedEvent input : inputs) {
			messagesLeft += (input.event() instanceof HistoryEvent.Message) ? 1 : 0;
			if (!(input.event() instanceof HistoryEvent.TurnContinued)) {
				run.locals().seeInput();
			}
		}
		for (RecordedEvent input : inputs) {
			if (input.event() instanceof HistoryEvent.Message message && !isOver()) {
				messagesLeft--;
				deliveredUpTo = input.id();
				handler = null;
				receive(input.id(), message);
				scheduler.runUntilBlocked(() -> isOver() && !isHandlerWaiting());
			}
		}
		for (UpdateRequest update : updates) {
			if (isOver()) {
				break;
			}
			handler = run.updates().receive(update);
			if (handler != null) {
				scheduler.runUntilBlocked(() -> isOver() && !isHandlerWaiting());
			}
			run.updates().received();
		}
		for (RecordedEvent input : inputs) {
			if (!(input.event() instanceof HistoryEvent.Message) && !isOver()) {
				proceed(input.event());
				scheduler.runUntilBlocked(this::isOver);
			}
		}
		while (!isOver() && run.locals().deliverNext()) {
			scheduler.runUntilBlocked(this::isOver);
		}
		if (!run.fate().isUnwinding()) {
			run.close();
		}
	}

	/**
	 * Whether no more workflow code shall run in this turn. What is left of the messages
	 * of a run that continues as new is for the next one, which has what the code said it
	 * knows.
	 */
	private boolean isOver() {
		return run.fate().isUnwinding() || (run.isEnding() && (messagesLeft == 0 || run.isContinuing()));
	}

	/**
	 * Whether the handler of the message at hand has not begun. The run may have ended
	 * already, but has not seen the message before.
	 */
	private boolean isHandlerWaiting() {
		return handler != null && handler.isNew() && !run.fate().isUnwinding();
	}

	private void receive(long id, HistoryEvent.Message message) {
		switch (message) {
			case HistoryEvent.WorkflowSignaled signal -> signal(id, signal);
			case HistoryEvent.WorkflowCancelRequested cancel -> run.requestCancel(cancel.reason());
		}
	}

	private void signal(long id, HistoryEvent.WorkflowSignaled signal) {
		WorkflowCode.Handler code = run.code().signal(signal.name());
		if (skipped.contains(id)) {
			// The decision stands, whatever today's code can read.
			skip(id, "as recorded");
		}
		else if (code == null) {
			skip(id, "Workflow '%s' has no signal '%s'".formatted(run.info().workflowType(), signal.name()));
		}
		else {
			@Nullable Object[] arguments;
			try {
				arguments = code.decode(signal.arguments());
			}
			catch (RuntimeException ex) {
				if (ex instanceof WorkflowException problem && problem.code() == ErrorCode.CODEC_FAILED) {
					// A key that is missing for a while must not lose a signal
					throw run.fate()
						.bug(problem.code(), "Expected the arguments of signal '%s', but they cannot be decoded: %s"
							.formatted(signal.name(), ex.getMessage()));
				}
				skip(id, "The arguments of signal '%s' cannot be read: %s".formatted(signal.name(), ex.getMessage()));
				return;
			}
			handler = run.startSignal(code, arguments);
		}
	}

	private void skip(long inputId, String reason) {
		run.sink().issue(new TurnCommand.SkipInput(inputId, reason));
	}

	private void proceed(HistoryEvent event) {
		if (event instanceof HistoryEvent.WorkflowStarted started) {
			run.startMain(decode(started.arguments()));
		}
		else if (event instanceof HistoryEvent.Resolution resolution) {
			run.targets().resolve(resolution);
		}
		else if (event instanceof HistoryEvent.TurnContinued continued) {
			run.locals().goOn(continued);
		}
	}

	private @Nullable Object[] decode(Payload arguments) {
		try {
			return run.code().run().decode(arguments);
		}
		catch (WorkflowException ex) {
			throw run.fate()
				.bug(ex.code(),
						"Expected arguments that workflow '%s' can read, but it cannot: %s. "
							.formatted(run.info().workflowType(), ex.getMessage())
								+ "Make its parameters read what is recorded");
		}
	}

}
