package io.reprise.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.kernel.Decision.Accepted;
import io.reprise.kernel.Decision.Rejected;
import io.reprise.kernel.Decision.Stale;
import io.reprise.kernel.RunOverlay.Stall;
import io.reprise.protocol.Command.CompleteTask;
import io.reprise.protocol.Command.StallTask;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.RaceOutcome;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.TurnCommand;
import org.jspecify.annotations.Nullable;

/**
 * Decides on what workers say of turns.
 */
final class TurnDecider {

	private static final Duration FIRST_STALL = Duration.ofSeconds(10);

	private static final Duration LONGEST_STALL = Duration.ofMinutes(10);

	/** 10 s doubled this often is over 10 min. */
	private static final int MOST_DOUBLINGS = 6;

	private static final int STALL_MESSAGE_LENGTH = 8_000;

	private TurnDecider() {
	}

	static Decision complete(Run run, CompleteTask turn, DecisionContext context) {
		RunState state = run.state();
		long seenUpTo = turn.token().seenUpTo();
		if (turn.token().lastMarkerId() != state.lastMarkerId() || run.overlay().isDelayed()) {
			return new Stale(false);
		}
		boolean isOfUpdatesOnly = isOfUpdatesOnly(state, turn);
		if (isOfUpdatesOnly && turn.updates().accepted().isEmpty()) {
			// what it did not take leaves no trace
			return new Accepted(List.of(), rejected(run.overlay(), turn, context));
		}
		if (!state.isUnseen(seenUpTo) && !isOfUpdatesOnly) {
			// it saw what is not in the history; let it see what is
			return new Stale(!state.unseen().isEmpty());
		}
		if (turn.updates().accepted().stream().anyMatch(update -> state.hasUpdate(update.updateId()))) {
			return new Stale(!state.unseen().isEmpty());
		}
		String complaint = TurnRules.complaint(state, turn);
		if (complaint != null) {
			return new Rejected(ErrorCode.INVALID_ARGUMENT, complaint);
		}
		TurnCommand.ContinueAsNew continues = continues(turn);
		if (closes(turn) && continues == null && state.hasMessageAfter(seenUpTo)) {
			return new Stale(true);
		}
		List<HistoryEvent> left = new TurnEvents(state, context).of(turn.commands());
		Instant time = Times.later(state.markerTime(), turn.time().truncatedTo(ChronoUnit.MICROS));
		List<HistoryEvent> events = new ArrayList<>(left.size() + 2);
		events.add(new HistoryEvent.WorkflowTaskCompleted(seenUpTo, time, left.size(), turn.buildId(), turn.unpatched(),
				turn.updates().accepted()));
		events.addAll(left);
		if (!turn.underWay().isEmpty() && !closes(left)) {
			events.add(new HistoryEvent.TurnContinued(turn.underWay()));
		}
		return closes(left)
				? Successions.close(state, events, (continues != null) ? continues.deliveredUpTo() : seenUpTo, context)
				: new Accepted(events, overlayAfter(rejected(run.overlay(), turn, context), left));
	}

	static Decision stall(Run run, StallTask stalled, DecisionContext context) {
		TaskToken token = stalled.token();
		RunOverlay overlay = run.overlay();
		if (token.lastMarkerId() != run.state().lastMarkerId() || !run.state().isUnseen(token.seenUpTo())
				|| overlay.isStallWaiting()) {
			return new Stale(false);
		}
		Stall before = overlay.stall();
		int attempts = (before != null) ? before.attempts() + 1 : 1;
		Stall stall = new Stall(stalled.code(), cut(stalled.message()),
				(before != null) ? before.since() : context.now(), attempts, stalled.buildId(), stalled.elsewhere(),
				Times.plus(context.now(), stallDelay(attempts)));
		return new Accepted(List.of(), new RunOverlay(overlay.attempts(), stall, overlay.delayedUntil(),
				overlay.rejections(), overlay.done()));
	}

	/** It saw no input that a turn before had not seen. */
	private static boolean isOfUpdatesOnly(RunState state, CompleteTask turn) {
		return !turn.updates().isEmpty()
				&& (turn.token().seenUpTo() == state.seenUpTo() || turn.token().seenUpTo() == TaskToken.NOTHING_SEEN);
	}

	private static RunOverlay rejected(RunOverlay before, CompleteTask turn, DecisionContext context) {
		return turn.updates().rejected().isEmpty() ? before
				: before.withRejections(turn.updates().rejected(), context.now());
	}

	/** Never refused for what its turn has not seen: that is for the next run. */
	private static TurnCommand.@Nullable ContinueAsNew continues(CompleteTask turn) {
		return (closes(turn) && turn.commands().getLast() instanceof TurnCommand.ContinueAsNew continues) ? continues
				: null;
	}

	private static boolean closes(CompleteTask turn) {
		List<TurnCommand> commands = turn.commands();
		return !commands.isEmpty() && commands.getLast() instanceof TurnCommand.Closing;
	}

	private static boolean closes(List<HistoryEvent> left) {
		return !left.isEmpty() && left.getLast() instanceof HistoryEvent.Closing;
	}

	private static RunOverlay overlayAfter(RunOverlay before, List<HistoryEvent> left) {
		OverlayEdit overlay = new OverlayEdit(before);
		overlay.stall(null);
		for (HistoryEvent event : left) {
			if (event instanceof HistoryEvent.ActivityCancelRequested cancel
					&& cancel.outcome() == RaceOutcome.APPLIED) {
				overlay.remove(cancel.activityId());
			}
		}
		return overlay.done();
	}

	private static Duration stallDelay(int attempts) {
		Duration delay = FIRST_STALL.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
		return (delay.compareTo(LONGEST_STALL) < 0) ? delay : LONGEST_STALL;
	}

	private static String cut(String message) {
		if (message.length() <= STALL_MESSAGE_LENGTH) {
			return message;
		}
		int end = STALL_MESSAGE_LENGTH - 1;
		return message.substring(0, Character.isHighSurrogate(message.charAt(end - 1)) ? end - 1 : end) + "…";
	}

}
