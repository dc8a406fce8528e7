package io.reprise.kernel;

import java.util.List;

import io.reprise.kernel.Decision.Accepted;
import io.reprise.kernel.Decision.Stale;
import io.reprise.protocol.Command;
import io.reprise.protocol.Command.AdoptRun;
import io.reprise.protocol.Command.CompleteActivity;
import io.reprise.protocol.Command.CompleteTask;
import io.reprise.protocol.Command.FailActivity;
import io.reprise.protocol.Command.FireDue;
import io.reprise.protocol.Command.RecordHeartbeat;
import io.reprise.protocol.Command.RequestCancel;
import io.reprise.protocol.Command.ResolveChild;
import io.reprise.protocol.Command.SettleDuty;
import io.reprise.protocol.Command.SignalWorkflow;
import io.reprise.protocol.Command.StallTask;
import io.reprise.protocol.Command.StartActivity;
import io.reprise.protocol.Command.StartWorkflow;
import io.reprise.protocol.Command.TakeAnswer;
import io.reprise.protocol.Command.TakeMessages;
import io.reprise.protocol.Command.TerminateWorkflow;
import io.reprise.protocol.Command.UpdateWorkflow;

/**
 * Hands a command to whoever decides on its kind.
 */
final class Decider {

	private Decider() {
	}

	static Decision decide(Run run, Command command, DecisionContext context) {
		return run.state().isClosed() ? decideClosed(run, command) : decideOpen(run, command, context);
	}

	private static Decision decideOpen(Run run, Command command, DecisionContext context) {
		return switch (command) {
			case StartWorkflow start -> MessageDecider.startAgain(run.state(), start);
			case SignalWorkflow signal -> MessageDecider.signal(run, signal, context);
			case UpdateWorkflow update -> MessageDecider.update(run, update, context);
			case RequestCancel cancel -> MessageDecider.requestCancel(run, cancel, context);
			case TerminateWorkflow terminate -> MessageDecider.terminate(terminate, context);
			case CompleteTask completed -> TurnDecider.complete(run, completed, context);
			case StallTask stalled -> TurnDecider.stall(run, stalled, context);
			case StartActivity started -> ActivityDecider.start(run, started);
			case CompleteActivity completed -> ActivityDecider.complete(run, completed, context);
			case FailActivity failed -> ActivityDecider.fail(run, failed, context);
			case RecordHeartbeat heartbeat -> ActivityDecider.heartbeat(run, heartbeat, context);
			case FireDue ignored -> DueDecider.fire(run, context);
			case AdoptRun adopt -> AdoptDecider.adopt(run, adopt.workerLost(), context.now());
			case TakeAnswer answer -> NeighbourDecider.answer(run, answer);
			case ResolveChild resolved -> NeighbourDecider.childEnded(run, resolved);
			case SettleDuty ignored -> new Stale(false);
			case TakeMessages ignored -> new Stale(false);
		};
	}

	private static Decision decideClosed(Run run, Command command) {
		RunState state = run.state();
		return switch (command) {
			case StartWorkflow start -> MessageDecider.startAgain(state, start);
			case SignalWorkflow signal -> MessageDecider.closed(state, signal.requestId());
			case UpdateWorkflow update -> MessageDecider.closed(state, update);
			case RequestCancel cancel -> MessageDecider.closed(state, cancel.requestId());
			case TerminateWorkflow ignored -> MessageDecider.closed(state);
			case CompleteTask ignored -> new Stale(false);
			case StallTask ignored -> new Stale(false);
			case StartActivity ignored -> new Stale(false);
			case CompleteActivity ignored -> new Stale(false);
			case FailActivity ignored -> new Stale(false);
			case RecordHeartbeat ignored -> new Stale(false);
			case FireDue ignored -> new Stale(false);
			case AdoptRun ignored -> Errands.any(run) ? new Accepted(List.of(), run.overlay()) : new Stale(false);
			case TakeAnswer answer -> NeighbourDecider.answerAfterEnd(run, answer);
			case ResolveChild ignored -> MessageDecider.closed(state);
			case SettleDuty duty -> NeighbourDecider.settle(run, duty);
			case TakeMessages ignored -> new Stale(false);
		};
	}

}
