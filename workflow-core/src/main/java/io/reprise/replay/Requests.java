package io.reprise.replay;

import io.reprise.ChildCall;
import io.reprise.ChildOptions;
import io.reprise.Promise;
import io.reprise.SignalCall;
import io.reprise.TerminatedFailure;
import io.reprise.protocol.Failure;
import io.reprise.protocol.NeighbourAnswer;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import org.jspecify.annotations.Nullable;

/**
 * What a run asks of others. Their answers come as resolutions; what is asked for is
 * numbered and kept with the run's other targets.
 */
final class Requests {

	private static final int NO_CHILD = 0;

	private final WorkflowRun run;

	private final MachineServices services;

	private final Targets targets;

	private int openChildren;

	private int openSignals;

	Requests(WorkflowRun run, MachineServices services, Targets targets) {
		this.run = run;
		this.services = services;
		this.targets = targets;
	}

	OpenChild startChild(ChildCall call, Scope scope) {
		scope.requireOpen();
		ChildOptions options = call.options();
		int id = targets.nextId();
		Payload arguments = targets.encode("child workflow " + call.workflowType(), call.args());
		String workflowId = (options.workflowId() != null) ? options.workflowId() : run.info().runId() + "_" + id;
		TurnCommand.StartChild command = new TurnCommand.StartChild(id, workflowId, call.workflowType(),
				(options.taskQueue() != null) ? options.taskQueue() : run.info().taskQueue(), arguments,
				options.parentClosePolicy(), options.idReusePolicy());
		requireAcceptable(command, arguments, "child workflow " + call.workflowType(), openChildren, "children");
		targets.issueNext(command);
		openChildren++;
		OpenChild child = new OpenChild(this, targets, scope, id, new SettablePromise<>(run),
				new SettablePromise<>(run), call, workflowId);
		targets.open(child);
		return child;
	}

	Promise<@Nullable Void> signal(String workflowId, SignalCall signal, Scope scope) {
		scope.requireOpen();
		return signal(NO_CHILD, workflowId, signal, scope);
	}

	Promise<@Nullable Void> signal(OpenChild child, SignalCall signal) {
		RunContext.of(run, "ChildRef.signal()").requireWritable("ChildRef.signal()");
		return signal(child.id(), child.workflowId(), signal, child.scope());
	}

	private Promise<@Nullable Void> signal(int childId, String workflowId, SignalCall signal, Scope scope) {
		Payload arguments = targets.encode("signal '" + signal.name() + "'", signal.args());
		TurnCommand.SignalExternal command = new TurnCommand.SignalExternal(targets.nextId(), childId, workflowId,
				signal.name(), arguments);
		requireAcceptable(command, arguments, "signal '" + signal.name() + "'", openSignals, "signals to others");
		openSignals++;
		return send(command, scope, true, null);
	}

	/** Clean-up may cancel others, so the scope does not matter. */
	Promise<@Nullable Void> cancel(String workflowId, Scope scope) {
		return send(new TurnCommand.CancelExternal(targets.nextId(), NO_CHILD, workflowId, null), scope, false, null);
	}

	Promise<@Nullable Void> cancel(OpenChild child) {
		RunContext.of(run, "ChildRef.cancel()").requireWritable("ChildRef.cancel()");
		return send(new TurnCommand.CancelExternal(targets.nextId(), child.id(), child.workflowId(), null),
				child.scope(), false, null);
	}

	/**
	 * Asks a child to stop because its scope was cancelled.
	 * @param awaited whether the parent waits for the child until the request has arrived
	 */
	void cancelFor(OpenChild child, String why, boolean awaited) {
		send(new TurnCommand.CancelExternal(targets.nextId(), child.id(), child.workflowId(), why), child.scope(),
				false, awaited ? child : null);
	}

	private Promise<@Nullable Void> send(TurnCommand.Neighbour command, Scope scope, boolean signal,
			@Nullable OpenChild awaiting) {
		targets.issueNext(command);
		OpenMessage message = new OpenMessage(targets, scope, command.number(),
				new SettablePromise<@Nullable Void>(run), signal, awaiting);
		targets.open(message);
		return message.promise();
	}

	void childClosed() {
		openChildren--;
	}

	void messageClosed(OpenMessage message) {
		openSignals -= message.isSignal() ? 1 : 0;
	}

	/**
	 * Takes what another run answered.
	 */
	void answer(OpenTarget<?> target, NeighbourAnswer answer) {
		if (target instanceof OpenChild child) {
			answer(child, answer);
		}
		else if (target instanceof OpenMessage message) {
			answer(message, answer);
		}
	}

	private void answer(OpenChild child, NeighbourAnswer answer) {
		switch (answer) {
			case NeighbourAnswer.ChildWorkflowStarted e -> child.startedAs(e.runId());
			case NeighbourAnswer.ChildWorkflowStartFailed e -> {
				Outcome outcome = failed(child, e.failure());
				child.started().settle(outcome);
				targets.settle(child, outcome);
			}
			case NeighbourAnswer.ChildWorkflowCompleted e -> targets.settle(child,
					new Outcome.Encoded(e.result(), child.resultType(), "child workflow " + child.type()));
			case NeighbourAnswer.ChildWorkflowFailed e -> targets.settle(child, failed(child, e.failure()));
			case NeighbourAnswer.ChildWorkflowCanceled e -> targets.settle(child, failed(child, e.failure()));
			case NeighbourAnswer.ChildWorkflowTimedOut e -> targets.settle(child, failed(child, e.failure()));
			case NeighbourAnswer.ChildWorkflowTerminated e ->
				targets.settle(child, child.failed(() -> new TerminatedFailure(e.reason())));
			case NeighbourAnswer.ExternalSignaled ignored -> {
				// Of no child
			}
			case NeighbourAnswer.SignalExternalFailed ignored -> {
				// Of no child
			}
			case NeighbourAnswer.ExternalCancelRequested ignored -> {
				// Of no child
			}
			case NeighbourAnswer.CancelExternalFailed ignored -> {
				// Of no child
			}
		}
	}

	private Outcome failed(OpenChild child, Failure failure) {
		return child.failed(() -> services.failures().toExceptionOrThrow(failure));
	}

	/** A child that could not be reached is about to end by itself, or never began. */
	private void answer(OpenMessage message, NeighbourAnswer answer) {
		switch (answer) {
			case NeighbourAnswer.ExternalSignaled ignored -> targets.settle(message, Outcome.Value.NOTHING);
			case NeighbourAnswer.SignalExternalFailed e -> fail(message, e.failure());
			case NeighbourAnswer.ExternalCancelRequested ignored -> {
				targets.settle(message, Outcome.Value.NOTHING);
				if (message.awaiting() != null) {
					message.awaiting().giveUp("The child workflow was asked to stop");
				}
			}
			case NeighbourAnswer.CancelExternalFailed e -> fail(message, e.failure());
			case NeighbourAnswer.ChildWorkflowStarted ignored -> {
				// Of no message
			}
			case NeighbourAnswer.ChildWorkflowStartFailed ignored -> {
				// Of no message
			}
			case NeighbourAnswer.ChildEnd ignored -> {
				// Of no message
			}
		}
	}

	private void fail(OpenMessage message, Failure failure) {
		targets.settle(message, new Outcome.Failed(() -> services.failures().toExceptionOrThrow(failure)));
	}

	private void requireAcceptable(TurnCommand command, Payload arguments, String what, int open, String kind) {
		ReplayLimits limits = services.limits();
		if (arguments.size() > limits.payloadBytes() && !run.sink().isRecorded(command)) {
			throw Closings.tooLarge("arguments of " + what, arguments, limits);
		}
		if (open >= limits.pendingRequests() && !run.sink().isRecorded(command)) {
			throw Targets.tooManyPending(kind, limits.pendingRequests());
		}
	}

}
