package io.reprise.kernel;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.reprise.kernel.RunState.PendingActivity;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.UpdateRequest;
import io.reprise.protocol.WorkflowTask;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's functions. All are pure and may be called from any thread.
 * <p>
 * Commands are decided on, whatever they say: {@link #decide} does not throw for bad
 * input. The other functions throw {@link IllegalStateException} for what cannot happen
 * unless there is a bug, or a stored history is damaged.
 */
public final class Kernel {

	private Kernel() {
	}

	/**
	 * Decides whether a new run may be started, given the latest run of its workflow id.
	 * @param existing the latest run of the id, or {@code null} if there is none
	 * @param start the start
	 * @return what becomes of it
	 */
	public static StartDecision startConflict(StartDecision.@Nullable Existing existing, Command.StartWorkflow start) {
		return StartConflicts.decide(existing, start);
	}

	/**
	 * Decides on the start of a run that does not exist yet.
	 * @param start the start
	 * @param context what is needed to decide
	 * @return accepted, or rejected with {@code INVALID_ARGUMENT} or
	 * {@code PAYLOAD_TOO_LARGE}
	 */
	public static Decision start(Command.StartWorkflow start, DecisionContext context) {
		return MessageDecider.start(start, context);
	}

	/**
	 * Decides on a command to a run.
	 * @param run the run
	 * @param command the command
	 * @param context what is needed to decide
	 * @return the decision
	 */
	public static Decision decide(Run run, Command command, DecisionContext context) {
		return Decider.decide(run, command, context);
	}

	/**
	 * What is wrong with a message to an open run of which little is known. Whoever
	 * decides on it may still refuse it for other reasons.
	 * @param message a signal, an update, or a request to cancel or terminate
	 * @param key the run
	 * @param events how many events it has
	 * @param context what is needed to decide
	 * @return the complaint, or {@code null}
	 */
	public static Decision.@Nullable Rejected complaint(Command message, ExecutionKey key, long events,
			DecisionContext context) {
		return MessageDecider.complaint(message, key, events, context);
	}

	/**
	 * Folds a history from its beginning.
	 * @param key the run
	 * @param events its events, from the first
	 * @return the state
	 */
	public static RunState create(ExecutionKey key, List<RecordedEvent> events) {
		return Evolver.create(key, events);
	}

	/**
	 * Folds further events into a state.
	 * @param state the state
	 * @param events the events after it, possibly none
	 * @return the state after them
	 */
	public static RunState evolve(RunState state, List<RecordedEvent> events) {
		return Evolver.evolve(state, events);
	}

	/**
	 * What a change makes necessary. Applied to one change after the other it yields what
	 * {@link #effectsOf} yields at once, less what has been done.
	 * @param before the run before the change, or {@code null} if there was none
	 * @param after the run after it
	 * @param appended the events in between
	 * @return the effects
	 */
	public static List<Effect> effects(@Nullable Run before, Run after, List<? extends HistoryEvent> appended) {
		return EffectDeriver.effects(before, after, appended);
	}

	/**
	 * All that must be outstanding, for a node that knows nothing of what was done.
	 * @param run the run
	 * @return the effects
	 */
	public static List<Effect> effectsOf(Run run) {
		return EffectDeriver.effects(null, run, List.of());
	}

	/**
	 * What an errand says to other runs.
	 * @param run the run
	 * @param errand one of its effects
	 * @return the commands; each is sent when the one before has been answered
	 */
	public static List<Command> commands(Run run, Effect.Errand errand) {
		return Errands.commands(run, errand);
	}

	/**
	 * What a run is told when its errand is done.
	 * @param key the run
	 * @param errand the errand
	 * @param result what its last command was answered
	 * @return the command
	 */
	public static Command done(ExecutionKey key, Effect.Errand errand, CommandResult result) {
		return Errands.done(key, errand, result);
	}

	/**
	 * Whether a change asks for a turn that was not asked for before.
	 * @param before the run before the change, or {@code null} if there was none
	 * @param after the run after it
	 * @return {@code true} if {@link #effects} would contain a task
	 */
	public static boolean asksForTurn(@Nullable Run before, Run after) {
		return EffectDeriver.asksForTurn(before, after);
	}

	/**
	 * When something becomes due at the earliest.
	 * @param run the run
	 * @return the time, at most the end of the year 9999; {@code null} if nothing ever
	 * does
	 */
	public static @Nullable Instant nextDue(Run run) {
		return Deadlines.next(run);
	}

	/**
	 * The task for the next turn.
	 * @param run an open run with inputs that no turn has seen
	 * @param now the database's time
	 * @return the task
	 */
	public static WorkflowTask workflowTask(Run run, Instant now) {
		RunState state = run.state();
		if (state.unseen().isEmpty()) {
			throw new IllegalStateException("Expected inputs for a turn of workflow " + state.key()
					+ ", but turns have seen all of them; whoever asked has a bug");
		}
		return new WorkflowTask(state.key(), state.workflowType(), state.taskQueue(), EffectDeriver.token(state),
				Times.later(state.markerTime(), now.truncatedTo(ChronoUnit.MICROS)), state.unseen());
	}

	/**
	 * The task for a turn that delivers updates and no inputs.
	 * @param run an open run all of whose inputs have been seen
	 * @param now the database's time
	 * @param updates the updates
	 * @return the task
	 */
	public static WorkflowTask updateTask(Run run, Instant now, List<UpdateRequest> updates) {
		RunState state = run.state();
		return new WorkflowTask(state.key(), state.workflowType(), state.taskQueue(),
				new TaskToken(state.lastMarkerId(), state.seenUpTo()),
				Times.later(state.markerTime(), now.truncatedTo(ChronoUnit.MICROS)), List.of(), updates);
	}

	/**
	 * The task for the current attempt of an activity.
	 * @param run the run
	 * @param activityId a pending activity
	 * @return the task
	 */
	public static ActivityTask activityTask(Run run, int activityId) {
		RunState state = run.state();
		PendingActivity activity = state.requireActivity(activityId);
		RunOverlay.Attempt attempt = run.overlay().attemptOf(activityId);
		return new ActivityTask(state.key(), state.workflowType(), state.taskQueue(), activityId,
				activity.activityType(), activity.arguments(), activity.policy(), attempt.attempt(),
				activity.scheduledAt(), attempt.lastHeartbeat());
	}

}
