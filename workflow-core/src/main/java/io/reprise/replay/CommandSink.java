package io.reprise.replay;

import java.util.function.Predicate;

import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a workflow decides in a turn: live it is collected, at replay it is compared
 * with what the turn decided then.
 */
sealed interface CommandSink permits LiveSink, ReplayingSink {

	/**
	 * Takes one decision.
	 * @param command the decision; at replay its kind, target and type count, and nothing
	 * else
	 * @throws NonDeterminismError if the turn decided something else then
	 */
	void issue(TurnCommand command);

	/**
	 * Whether the turn decided exactly this next, arguments included as far as they can
	 * be compared. What was accepted once stays accepted, even if limits have become
	 * narrower.
	 * @param command the decision
	 * @return {@code true} at replay of that decision
	 */
	boolean isRecorded(TurnCommand command);

	/**
	 * Takes the value of a side effect from the history.
	 * @return the value, or {@code null} if the effect must be run
	 * @throws NonDeterminismError if the turn decided something else then
	 */
	@Nullable Payload replayedSideEffect();

	/**
	 * Takes the next outcome of a local activity from the history, if the turn got one
	 * here.
	 * @param expected whether the workflow waits for an outcome
	 * @return the outcome, or {@code null} if the turn got none here, or is live
	 * @throws NonDeterminismError if the workflow does not wait for it
	 */
	HistoryEvent.@Nullable LocalActivityOutcome replayedOutcome(Predicate<HistoryEvent.LocalActivityOutcome> expected);

	/**
	 * How the turn ended the run.
	 * @return the event at replay of a run's last turn, else {@code null}
	 */
	HistoryEvent.@Nullable Closing recordedClosing();

}
