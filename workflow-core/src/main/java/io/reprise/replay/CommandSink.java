package io.reprise.replay;

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
	 * Whether the turn decided exactly this next, arguments included. What was accepted
	 * once stays accepted, even if limits have become narrower.
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
	 * How the turn ended the run.
	 * @return the event at replay of a run's last turn, else {@code null}
	 */
	HistoryEvent.@Nullable Closing recordedClosing();

}
