package io.reprise.testkit.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.reprise.kernel.Kernel;
import io.reprise.kernel.RunState;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Command;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.HistoryJson;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.Transition;
import io.reprise.protocol.TurnCommand;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoredRun;
import io.reprise.spi.StoredTransition;
import org.jspecify.annotations.Nullable;

/**
 * What bugs put in on purpose are made of.
 */
final class Mutants {

	private Mutants() {
	}

	static void dispatchEarly(HistoryStore store, RunWrite write, SimulatedNode node) {
		StoredTransition row = write.appended();
		if (row == null) {
			return;
		}
		for (RecordedEvent event : HistoryJson.read(row.firstEventId(), row.body()).recorded()) {
			if (event.event() instanceof HistoryEvent.ActivityScheduled scheduled) {
				node.dispatch(new ActivityTask(write.record().key(), "Program", "default", scheduled.activityId(),
						scheduled.activityType(), scheduled.arguments(), scheduled.policy(), 1, event.time(), null));
			}
		}
	}

	static void dispatchEarly(Command.CompleteTask turn, SimulatedNode node) {
		for (TurnCommand command : turn.commands()) {
			if (command instanceof TurnCommand.ScheduleActivity scheduled) {
				node.dispatch(new ActivityTask(turn.key(), "Program", "default", scheduled.activityId(),
						scheduled.activityType(), scheduled.arguments(), scheduled.policy(), 1, turn.time(), null));
			}
		}
	}

	static RunWrite atAnyVersion(HistoryStore store, RunWrite write) {
		RunRecord stored = store.find(write.record().key().runId()).orElse(null);
		if (stored == null || write.isCreation() || stored.version() == write.expectedVersion()) {
			return write;
		}
		StoredTransition row = write.appended();
		boolean taken = row != null && row.firstEventId() <= stored.historyEvents();
		return at(stored.version(), write, taken ? null : row);
	}

	static RunWrite behindOthers(HistoryStore store, RunWrite write) {
		RunRecord stored = store.find(write.record().key().runId()).orElse(null);
		if (stored == null || write.isCreation() || stored.version() == write.expectedVersion()) {
			return write;
		}
		StoredTransition row = write.appended();
		return at(stored.version(), write,
				(row != null) ? new StoredTransition(stored.historyEvents() + 1, row.body()) : null);
	}

	private static RunWrite at(long version, RunWrite write, @Nullable StoredTransition row) {
		RunRecord run = write.record();
		return new RunWrite(
				new RunRecord(run.key(), run.workflowType(), run.taskQueue(), run.startRequestId(), run.status(),
						version + 1, run.owner(), run.nextDueAt(), run.startTime(), run.closeTime(),
						run.historyEvents(), run.historyBytes(), run.stall(), run.overlay()),
				version, row, write.snapshot(), write.messagesSeen());
	}

	/** Adds an event behind those of a write. */
	static RunWrite appending(RunWrite write, Function<HistoryEvent, @Nullable HistoryEvent> more) {
		StoredTransition row = write.appended();
		if (row == null) {
			return write;
		}
		Transition transition = HistoryJson.read(row.firstEventId(), row.body());
		List<HistoryEvent> events = new ArrayList<>(transition.events());
		for (HistoryEvent event : transition.events()) {
			HistoryEvent added = more.apply(event);
			if (added != null) {
				events.add(added);
			}
		}
		return new RunWrite(write.record(), write.expectedVersion(),
				new StoredTransition(row.firstEventId(),
						HistoryJson.write(new Transition(row.firstEventId(), transition.time(), events))),
				write.snapshot(), write.messagesSeen());
	}

	static StoredRun withoutOverlay(StoredRun stored) {
		RunRecord run = stored.record();
		return new StoredRun(
				new RunRecord(run.key(), run.workflowType(), run.taskQueue(), run.startRequestId(), run.status(),
						run.version(), run.owner(), run.nextDueAt(), run.startTime(), run.closeTime(),
						run.historyEvents(), run.historyBytes(), run.stall(), null),
				stored.snapshot(), stored.tail(), stored.messagesLeft());
	}

	static boolean closes(Command.CompleteTask turn) {
		return turn.commands().stream().anyMatch(TurnCommand.Closing.class::isInstance);
	}

	/** The last input there is, as one would take it who reads it too late. */
	static long lastInput(SimulatedNode node, Command.CompleteTask turn) {
		RunStory story = node.story(turn.key().runId());
		if (story == null) {
			return turn.token().seenUpTo();
		}
		RunState state = Kernel.create(story.key(), story.events());
		return (state.lastMarkerId() != turn.token().lastMarkerId() || state.unseen().isEmpty())
				? turn.token().seenUpTo() : state.unseen().getLast().id();
	}

	static Command withSeenUpTo(Command.CompleteTask turn, long seenUpTo) {
		return new Command.CompleteTask(turn.key(), new TaskToken(turn.token().lastMarkerId(), seenUpTo), turn.time(),
				turn.buildId(), turn.commands(), turn.unpatched(), turn.underWay());
	}

}
