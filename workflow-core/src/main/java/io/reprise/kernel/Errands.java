package io.reprise.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.reprise.IdConflictPolicy;
import io.reprise.ParentClosePolicy;
import io.reprise.kernel.Neighbours.Child;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourAnswer;
import io.reprise.protocol.NeighbourRequest;
import io.reprise.protocol.NeighbourRequest.StartChildWorkflowInitiated;
import io.reprise.protocol.ParentLink;
import org.jspecify.annotations.Nullable;

/**
 * What a run has to tell others, and how: runs talk to each other by commands only. Every
 * errand may be run any number of times; the others recognise what they have heard. See
 * {@code docs/adr/0023-runs-run-their-own-errands.md}.
 */
final class Errands {

	/** Number of the duty to tell the parent. */
	static final int PARENT = 0;

	private Errands() {
	}

	/**
	 * What must be outstanding.
	 * @param run the run
	 * @return the errands in order
	 */
	static List<Effect.Errand> of(Run run) {
		Neighbours neighbours = run.state().neighbours();
		if (!any(run)) {
			return List.of();
		}
		List<Effect.Errand> errands = new ArrayList<>();
		if (run.state().isClosed()) {
			addDuties(run, errands);
			return errands;
		}
		neighbours.children().forEach((number, child) -> {
			if (!child.started()) {
				errands.add(new Effect.StartChild(number));
			}
		});
		neighbours.messages().forEach((number, message) -> {
			if (neighbours.isDue(message)) {
				errands.add(new Effect.SendMessage(number));
			}
		});
		return errands;
	}

	private static void addDuties(Run run, List<Effect.Errand> errands) {
		Neighbours neighbours = run.state().neighbours();
		RunOverlay overlay = run.overlay();
		for (int number : neighbours.messages().keySet()) {
			if (!overlay.isDone(number)) {
				errands.add(new Effect.SendMessage(number));
			}
		}
		neighbours.children().forEach((number, child) -> {
			if (!overlay.isDone(number)) {
				errands.add((child.request().parentClosePolicy() == ParentClosePolicy.ABANDON)
						? new Effect.StartChild(number) : new Effect.CloseChild(number));
			}
		});
		if (neighbours.end() != null && endForParent(run.state()) != null && !overlay.isDone(PARENT)) {
			errands.add(new Effect.TellParent());
		}
	}

	/**
	 * Whether anything must be outstanding.
	 * @param run the run
	 * @return {@code true} if so
	 */
	static boolean any(Run run) {
		Neighbours neighbours = run.state().neighbours();
		if (neighbours == Neighbours.NONE) {
			return false;
		}
		if (run.state().isClosed()) {
			return neighbours.children().keySet().stream().anyMatch(number -> !run.overlay().isDone(number))
					|| neighbours.messages().keySet().stream().anyMatch(number -> !run.overlay().isDone(number))
					|| (neighbours.end() != null && !run.overlay().isDone(PARENT) && endForParent(run.state()) != null);
		}
		return !neighbours.messages().isEmpty() || (!neighbours.children().isEmpty()
				&& neighbours.children().values().stream().anyMatch(child -> !child.started()));
	}

	/**
	 * What the parent of a closed run is told.
	 * @param state the run
	 * @return the end, or {@code null} if this one is not announced
	 */
	private static NeighbourAnswer.@Nullable ChildEnd endForParent(RunState state) {
		ParentLink parent = state.neighbours().parent();
		HistoryEvent.Closing end = state.neighbours().end();
		if (parent == null || end == null || end.nextRunId() != null) {
			// The run that follows has the same parent, and tells it
			return null;
		}
		int childId = parent.childId();
		return switch (end) {
			case HistoryEvent.WorkflowCompleted e -> new NeighbourAnswer.ChildWorkflowCompleted(childId, e.result());
			case HistoryEvent.WorkflowFailed e -> new NeighbourAnswer.ChildWorkflowFailed(childId, e.failure());
			case HistoryEvent.WorkflowCanceled e -> new NeighbourAnswer.ChildWorkflowCanceled(childId, e.failure());
			case HistoryEvent.WorkflowTimedOut e -> new NeighbourAnswer.ChildWorkflowTimedOut(childId, e.failure());
			case HistoryEvent.WorkflowTerminated e -> new NeighbourAnswer.ChildWorkflowTerminated(childId, e.reason());
			case HistoryEvent.WorkflowContinuedAsNew ignored -> null;
		};
	}

	/**
	 * What an errand says to other runs.
	 * @param run the run
	 * @param errand what must be outstanding of it
	 * @return the commands; each is sent when the one before has been answered
	 */
	static List<Command> commands(Run run, Effect.Errand errand) {
		RunState state = run.state();
		return switch (errand) {
			case Effect.StartChild e -> List.of(start(state, child(state, e.childId()).request()));
			case Effect.SendMessage e -> List.of(message(state, e.number()));
			case Effect.CloseChild e -> close(state, child(state, e.childId()));
			case Effect.TellParent ignored -> List.of(tell(state));
		};
	}

	/**
	 * What a run is told when its errand is done.
	 * @param key the run
	 * @param errand the errand
	 * @param result what its last command was answered
	 * @return the command
	 */
	static Command done(ExecutionKey key, Effect.Errand errand, CommandResult result) {
		return switch (errand) {
			case Effect.StartChild e -> new Command.TakeAnswer(key, e.childId(), refusal(result));
			case Effect.SendMessage e -> new Command.TakeAnswer(key, e.number(), refusal(result));
			case Effect.CloseChild e -> new Command.SettleDuty(key, e.childId());
			case Effect.TellParent ignored -> new Command.SettleDuty(key, PARENT);
		};
	}

	private static @Nullable Failure refusal(CommandResult result) {
		return (result instanceof CommandResult.Rejected rejected)
				? Failures.nonRetryable(Failures.typeOf(rejected.code()), rejected.message()) : null;
	}

	/**
	 * The run id of a child. The same whenever it is asked for, so that a child that was
	 * started is not started again.
	 */
	static String runIdOf(ExecutionKey parent, int childId) {
		return UUID.nameUUIDFromBytes((parent.runId() + "/" + childId).getBytes(StandardCharsets.UTF_8)).toString();
	}

	private static Child child(RunState state, int childId) {
		Child child = state.neighbours().children().get(childId);
		if (child == null) {
			throw new IllegalStateException("Expected child " + childId + " of " + state.key()
					+ " to be pending, but it is settled or was never asked for; whoever asked has a bug");
		}
		return child;
	}

	private static Command start(RunState state, StartChildWorkflowInitiated request) {
		ExecutionKey key = state.key();
		ParentLink parent = state.neighbours().parent();
		return new Command.StartWorkflow(keyOf(state, request), request.workflowType(), request.taskQueue(),
				request.arguments(), request.runId(), request.idReusePolicy(), IdConflictPolicy.FAIL,
				new ParentLink(key.workflowId(), key.runId(), request.childId(),
						(parent != null) ? parent.rootWorkflowId() : key.workflowId(),
						(parent != null) ? parent.rootRunId() : key.runId()));
	}

	private static Command message(RunState state, int number) {
		NeighbourRequest.Message message = state.neighbours().messages().get(number);
		if (message == null) {
			throw new IllegalStateException("Expected message " + number + " of " + state.key()
					+ " to be pending, but it is settled or was never sent; whoever asked has a bug");
		}
		String requestId = state.key().runId() + "/" + number;
		return switch (message) {
			case NeighbourRequest.SignalExternalInitiated e ->
				new Command.SignalWorkflow(keyOf(state, e), e.name(), e.arguments(), requestId);
			case NeighbourRequest.CancelExternalInitiated e ->
				new Command.RequestCancel(keyOf(state, e), e.reason(), requestId);
		};
	}

	/**
	 * Whether a child that is not known to have been started is there is not known
	 * either, and its start may be under way: it is there, or will never be, after
	 * another start.
	 */
	private static List<Command> close(RunState state, Child child) {
		ExecutionKey key = keyOf(state, child.request());
		String reason = "Its parent %s has ended".formatted(state.key());
		String requestId = state.key().runId() + "/" + child.request().childId() + "/end";
		Command close = (child.request().parentClosePolicy() == ParentClosePolicy.REQUEST_CANCEL)
				? new Command.RequestCancel(key, reason, requestId)
				: new Command.TerminateWorkflow(key, reason, requestId);
		return child.started() ? List.of(close) : List.of(start(state, child.request()), close);
	}

	private static Command tell(RunState state) {
		ParentLink parent = state.neighbours().parent();
		NeighbourAnswer.ChildEnd end = endForParent(state);
		if (parent == null || end == null) {
			throw new IllegalStateException("Expected " + state.key()
					+ " to have a parent that waits for its end, but it has none; whoever asked has a bug");
		}
		return new Command.ResolveChild(new ExecutionKey(state.key().namespace(), parent.workflowId(), parent.runId()),
				end);
	}

	private static ExecutionKey keyOf(RunState state, NeighbourRequest request) {
		return new ExecutionKey(state.key().namespace(), request.workflowId(), request.runId());
	}

}
