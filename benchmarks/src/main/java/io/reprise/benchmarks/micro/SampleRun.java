package io.reprise.benchmarks.micro;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.kernel.Decision;
import io.reprise.kernel.DecisionContext;
import io.reprise.kernel.Kernel;
import io.reprise.kernel.Limits;
import io.reprise.kernel.Run;
import io.reprise.kernel.RunOverlay;
import io.reprise.kernel.RunState;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.Command;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.Transition;
import io.reprise.protocol.TurnCommand;

/**
 * A run of sequential activities as the kernel makes it, step by step.
 */
final class SampleRun {

	static final int EVENTS_EACH = 3;

	static final String WORKFLOW_TYPE = "Sequence";

	static final String ACTIVITY_TYPE = "Steps.pass";

	static final String TASK_QUEUE = "default";

	static final ExecutionKey KEY = new ExecutionKey(ExecutionKey.DEFAULT_NAMESPACE, "order-456",
			"0199f3a2-77aa-7000-8000-0123456789ab");

	static final Instant NOW = Instant.parse("2026-11-01T12:00:00.123456Z");

	private static final DecisionContext CONTEXT = new DecisionContext(NOW, 10_000, Limits.DEFAULT);

	private static final Payload ARGUMENTS = Payload.json("[\"order-456\"]");

	private static final Payload RESULT = Payload.json("\"order-456\"");

	private final List<RecordedEvent> history = new ArrayList<>();

	private Run run;

	private int activities;

	SampleRun() {
		Command.StartWorkflow start = new Command.StartWorkflow(KEY, WORKFLOW_TYPE, TASK_QUEUE, ARGUMENTS, "request-1",
				IdReusePolicy.values()[0], IdConflictPolicy.values()[0]);
		record(Kernel.start(start, CONTEXT));
		run = new Run(Kernel.create(KEY, history), RunOverlay.EMPTY);
		apply(scheduleNext());
	}

	/**
	 * Lets activities end, each with the turn that calls the next.
	 * @param count how many
	 * @return this run
	 */
	SampleRun pass(int count) {
		for (int i = 0; i < count; i++) {
			apply(completion());
			apply(scheduleNext());
		}
		return this;
	}

	/** Takes the result of the activity that is under way, as the engine would. */
	RunState completed() {
		Decision decision = Kernel.decide(run, completion(), CONTEXT);
		return Kernel.evolve(run.state(), recorded(decision));
	}

	List<RecordedEvent> history() {
		return List.copyOf(history);
	}

	/** What one activity writes: its result, the turn's marker, the next activity. */
	Transition transition() {
		int from = history.size() - EVENTS_EACH;
		List<HistoryEvent> events = history.subList(from, history.size()).stream().map(RecordedEvent::event).toList();
		return new Transition(from + 1L, NOW, events);
	}

	private Command.CompleteActivity completion() {
		return new Command.CompleteActivity(KEY, activities, 1, RESULT);
	}

	private Command.CompleteTask scheduleNext() {
		activities++;
		return new Command.CompleteTask(KEY, Kernel.workflowTask(run, NOW).token(), NOW, "build-1",
				List.of(new TurnCommand.ScheduleActivity(activities, ACTIVITY_TYPE, ARGUMENTS, ActivityPolicy.DEFAULT)),
				List.of());
	}

	private void apply(Command command) {
		Decision decision = Kernel.decide(run, command, CONTEXT);
		List<RecordedEvent> events = record(decision);
		run = new Run(Kernel.evolve(run.state(), events), accepted(decision).overlay());
	}

	private List<RecordedEvent> record(Decision decision) {
		List<RecordedEvent> events = recorded(decision);
		history.addAll(events);
		return events;
	}

	private List<RecordedEvent> recorded(Decision decision) {
		return new Transition(history.size() + 1L, NOW, accepted(decision).events()).recorded();
	}

	private static Decision.Accepted accepted(Decision decision) {
		if (decision instanceof Decision.Accepted accepted) {
			return accepted;
		}
		throw new IllegalStateException("Expected the kernel to accept, but it said " + decision);
	}

}
