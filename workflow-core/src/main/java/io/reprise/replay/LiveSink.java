package io.reprise.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a workflow decides for the first time.
 */
final class LiveSink implements CommandSink {

	private final List<TurnCommand> commands = new ArrayList<>(4);

	List<TurnCommand> commands() {
		return commands;
	}

	@Override
	public void issue(TurnCommand command) {
		commands.add(command);
	}

	@Override
	public boolean isRecorded(TurnCommand command) {
		return false;
	}

	@Override
	public @Nullable Payload replayedSideEffect() {
		return null;
	}

	@Override
	public HistoryEvent.@Nullable LocalActivityOutcome replayedOutcome(
			Predicate<HistoryEvent.LocalActivityOutcome> expected) {
		return null;
	}

	@Override
	public HistoryEvent.@Nullable Closing recordedClosing() {
		return null;
	}

}
