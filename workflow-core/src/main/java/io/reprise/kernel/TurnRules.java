package io.reprise.kernel;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.reprise.protocol.Command.CompleteTask;
import io.reprise.protocol.TurnCommand;
import org.jspecify.annotations.Nullable;

/**
 * What every turn keeps to. A worker that does not has a bug, or is no worker of ours.
 */
final class TurnRules {

	private TurnRules() {
	}

	/**
	 * Looks for a rule that a turn breaks.
	 * @param state the run
	 * @param turn the turn
	 * @return what is wrong, or {@code null}
	 */
	static @Nullable String complaint(RunState state, CompleteTask turn) {
		List<TurnCommand> commands = turn.commands();
		Set<Integer> taken = new HashSet<>();
		Set<String> answered = new HashSet<>(0);
		for (int i = 0; i < commands.size(); i++) {
			TurnCommand command = commands.get(i);
			String broken = broken(state, turn, command, taken, answered);
			if (broken == null && command instanceof TurnCommand.Closing && i < commands.size() - 1) {
				broken = "the closing command to be the last";
			}
			if (broken != null) {
				return "Expected %s, but command %d of %d in a turn of workflow %s is a %s; report this as a bug"
					.formatted(broken, i + 1, commands.size(), state.key(), command.getClass().getSimpleName());
			}
		}
		return null;
	}

	private static @Nullable String broken(RunState state, CompleteTask turn, TurnCommand command, Set<Integer> taken,
			Set<String> answered) {
		return switch (command) {
			case TurnCommand.ScheduleActivity schedule -> isFree(state, schedule.activityId(), taken) ? null
					: "a number of its own for activity " + schedule.activityId();
			case TurnCommand.StartTimer start ->
				isFree(state, start.timerId(), taken) ? null : "a number of its own for timer " + start.timerId();
			case TurnCommand.CompleteLocalActivity local -> localNumber(state, local.activityId(), taken);
			case TurnCommand.FailLocalActivity local -> localNumber(state, local.activityId(), taken);
			case TurnCommand.BackOffLocalActivity local -> localNumber(state, local.activityId(), taken);
			case TurnCommand.SkipInput skip ->
				(skip.inputId() <= turn.token().seenUpTo() && state.isUnseen(skip.inputId())) ? null
						: "input " + skip.inputId() + " to be among the turn's";
			case TurnCommand.CompleteUpdate update ->
				(isOpen(state, turn, update.updateId()) && answered.add(update.updateId())) ? null
						: "update '" + update.updateId() + "' to be accepted and open";
			case TurnCommand.Neighbour request ->
				isFree(state, request.number(), taken) ? null : "a number of its own for request " + request.number();
			case TurnCommand.RequestCancelActivity ignored -> null;
			case TurnCommand.CancelTimer ignored -> null;
			case TurnCommand.CancelLocalActivity ignored -> null;
			case TurnCommand.RecordSideEffect ignored -> null;
			case TurnCommand.RecordPatch ignored -> null;
			case TurnCommand.Closing ignored -> null;
		};
	}

	private static @Nullable String localNumber(RunState state, int number, Set<Integer> taken) {
		return isFree(state, number, taken) ? null : "a number of its own for local activity " + number;
	}

	private static boolean isOpen(RunState state, CompleteTask turn, String updateId) {
		return state.hasUpdate(updateId) ? state.updateCompletedBy(updateId) == RunState.OPEN_UPDATE
				: turn.updates().accepted().stream().anyMatch(update -> update.updateId().equals(updateId));
	}

	private static boolean isFree(RunState state, int number, Set<Integer> taken) {
		return taken.add(number) && !state.activities().containsKey(number) && !state.timers().containsKey(number)
				&& !state.neighbours().isNumberTaken(number);
	}

}
