package io.reprise.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.Lifetime;
import io.reprise.kernel.Decision.Accepted;
import io.reprise.kernel.Decision.Duplicate;
import io.reprise.kernel.Decision.Rejected;
import io.reprise.protocol.Command;
import io.reprise.protocol.Command.RequestCancel;
import io.reprise.protocol.Command.SignalWorkflow;
import io.reprise.protocol.Command.StartWorkflow;
import io.reprise.protocol.Command.TerminateWorkflow;
import io.reprise.protocol.Command.UpdateWorkflow;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.RunTerms;
import org.jspecify.annotations.Nullable;

/**
 * Decides on what clients ask of an open run, or of one to be started.
 */
final class MessageDecider {

	private MessageDecider() {
	}

	static Decision start(StartWorkflow start, DecisionContext context) {
		ExecutionKey key = start.key();
		Rejected complaint = new InputChecks(context.limits()).name("a namespace", key.namespace())
			.id("a workflow id", key.workflowId())
			.id("a run id", key.runId())
			.name("a workflow type", start.workflowType())
			.name("a task queue", start.taskQueue())
			.requestId(start.requestId())
			.payload("workflow arguments", start.arguments())
			.complaint();
		if (complaint != null) {
			return complaint;
		}
		Instant firstTurnAt = firstTurnAt(start.lifetime(), context);
		if (start.lifetime().cron() != null && firstTurnAt == null) {
			return new Rejected(ErrorCode.INVALID_ARGUMENT,
					"Expected a cron expression that is due some day, such as '0 0 * * *', but it is '%s'; correct it"
						.formatted(start.lifetime().cron()));
		}
		HistoryEvent started = started(start, firstTurnAt);
		Command message = start.message();
		if (message == null) {
			return new Accepted(List.of(started), RunOverlay.delayed(firstTurnAt));
		}
		complaint = complaint(message, key, 1, context);
		if (complaint != null) {
			return complaint;
		}
		// A turn has to accept an update first
		return new Accepted((message instanceof SignalWorkflow signal)
				? List.of(started,
						new HistoryEvent.WorkflowSignaled(signal.name(), signal.arguments(), signal.requestId()))
				: List.of(started), RunOverlay.delayed(firstTurnAt));
	}

	private static @Nullable Instant firstTurnAt(Lifetime lifetime, DecisionContext context) {
		return lifetime.startDelay().isPositive() ? Times.plus(context.now(), lifetime.startDelay())
				: Successions.nextTime(lifetime, context);
	}

	private static HistoryEvent started(StartWorkflow start, @Nullable Instant firstTurnAt) {
		if (start.lifetime().isUnlimited()) {
			return new HistoryEvent.WorkflowStarted(start.workflowType(), start.taskQueue(), start.arguments(),
					start.requestId(), null, start.parent());
		}
		return new HistoryEvent.WorkflowStarted(start.workflowType(), start.taskQueue(), start.arguments(),
				start.requestId(), new RunTerms(start.lifetime().withStartDelay(Duration.ZERO), firstTurnAt, null),
				start.parent());
	}

	static Decision startAgain(RunState state, StartWorkflow start) {
		if (state.startRequestId().equals(start.requestId())) {
			return new Duplicate();
		}
		return new Rejected(ErrorCode.WORKFLOW_ALREADY_STARTED, "Expected a run to start, but " + state.key()
				+ " has been started by another request; use a new run id");
	}

	static Decision signal(Run run, SignalWorkflow signal, DecisionContext context) {
		RunState state = run.state();
		if (state.requestIds().contains(signal.requestId())) {
			return new Duplicate();
		}
		Limits limits = context.limits();
		Rejected complaint = signalChecks(signal, state.key(), state.lastEventId(), context).that(
				state.signalCount() < limits.signals(), ErrorCode.TOO_MANY_SIGNALS,
				"Expected at most %d signals, but workflow %s has received that many; send one signal for several facts"
					.formatted(limits.signals(), state.key()))
			.complaint();
		if (complaint != null) {
			return complaint;
		}
		return new Accepted(
				List.of(new HistoryEvent.WorkflowSignaled(signal.name(), signal.arguments(), signal.requestId())),
				run.overlay());
	}

	/** Nothing is recorded before a turn has accepted it. */
	static Decision update(Run run, UpdateWorkflow update, DecisionContext context) {
		RunState state = run.state();
		if (state.hasUpdate(update.updateId())) {
			return new Duplicate();
		}
		Limits limits = context.limits();
		Rejected complaint = updateChecks(update, state.key(), state.lastEventId(), context).that(
				state.updates().size() < limits.signals(), ErrorCode.TOO_MANY_UPDATES,
				"Expected at most %d updates, but workflow %s has accepted that many; send one update for several facts"
					.formatted(limits.signals(), state.key()))
			.complaint();
		return (complaint != null) ? complaint : new Accepted(List.of(), run.overlay());
	}

	static Decision closed(RunState state, UpdateWorkflow update) {
		return state.hasUpdate(update.updateId()) ? new Duplicate() : closed(state);
	}

	/** Taken even by a run whose history is full: it is a way to end it. */
	static Decision requestCancel(Run run, RequestCancel cancel, DecisionContext context) {
		if (run.state().cancelRequested() || run.state().requestIds().contains(cancel.requestId())) {
			return new Duplicate();
		}
		Rejected complaint = cancelChecks(cancel, context).complaint();
		if (complaint != null) {
			return complaint;
		}
		HistoryEvent requested = new HistoryEvent.WorkflowCancelRequested(cancel.reason(), cancel.requestId());
		if (run.overlay().isDelayed()) {
			// Nothing of it has begun that could be cleaned up
			return new Accepted(
					List.of(requested,
							new HistoryEvent.WorkflowCanceled(
									new Failure.Canceled("The workflow was cancelled before it began", null))),
					RunOverlay.EMPTY);
		}
		return new Accepted(List.of(requested), run.overlay());
	}

	static Decision terminate(TerminateWorkflow terminate, DecisionContext context) {
		Rejected complaint = terminationChecks(terminate, context).complaint();
		return (complaint != null) ? complaint
				: new Accepted(List.of(new HistoryEvent.WorkflowTerminated(terminate.reason())), RunOverlay.EMPTY);
	}

	static Decision closed(RunState state, String requestId) {
		return state.requestIds().contains(requestId) ? new Duplicate() : closed(state);
	}

	static Decision closed(RunState state) {
		return new Rejected(ErrorCode.WORKFLOW_CLOSED, "Expected workflow %s to be running, but it is %s; start it anew"
			.formatted(state.key(), state.status().displayName()));
	}

	/** What is wrong with a message whatever else is known of the open run it is for. */
	static @Nullable Rejected complaint(Command message, ExecutionKey key, long events, DecisionContext context) {
		return switch (message) {
			case SignalWorkflow signal -> signalChecks(signal, key, events, context).complaint();
			case UpdateWorkflow update -> updateChecks(update, key, events, context).complaint();
			case RequestCancel cancel -> cancelChecks(cancel, context).complaint();
			case TerminateWorkflow terminate -> terminationChecks(terminate, context).complaint();
			default -> throw new IllegalArgumentException(
					"Expected a signal or a request to cancel or terminate, but found " + message);
		};
	}

	private static InputChecks signalChecks(SignalWorkflow signal, ExecutionKey key, long events,
			DecisionContext context) {
		return notFull(new InputChecks(context.limits()).id("a signal name", signal.name())
			.requestId(signal.requestId())
			.payload("signal arguments", signal.arguments()), key, events, context);
	}

	private static InputChecks updateChecks(UpdateWorkflow update, ExecutionKey key, long events,
			DecisionContext context) {
		return notFull(new InputChecks(context.limits()).id("an update name", update.name())
			.updateId(update.updateId())
			.payload("update arguments", update.arguments()), key, events, context);
	}

	private static InputChecks notFull(InputChecks checks, ExecutionKey key, long events, DecisionContext context) {
		Limits limits = context.limits();
		boolean full = events >= limits.historyEvents() || context.historyBytes() >= limits.historyBytes();
		return checks.that(!full, ErrorCode.HISTORY_TOO_LARGE,
				("Expected a history below %d events and %d bytes, but that of workflow %s has %d events and %d"
						+ " bytes; let it end and go on in a new workflow")
					.formatted(limits.historyEvents(), limits.historyBytes(), key, events, context.historyBytes()));
	}

	private static InputChecks cancelChecks(RequestCancel cancel, DecisionContext context) {
		return new InputChecks(context.limits()).requestId(cancel.requestId()).text("a reason", cancel.reason());
	}

	private static InputChecks terminationChecks(TerminateWorkflow terminate, DecisionContext context) {
		return new InputChecks(context.limits()).text("a reason", terminate.reason());
	}

}
