package io.reprise.testkit.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.reprise.ActivitySettings;
import io.reprise.WorkflowInfo;
import io.reprise.convert.FailureConverter;
import io.reprise.definition.ActivityOptionsResolver;
import io.reprise.definition.ActivityRegistry;
import io.reprise.kernel.Kernel;
import io.reprise.kernel.RunState;
import io.reprise.kernel.StateJson;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.replay.MachineServices;
import io.reprise.replay.ReplayLimits;
import io.reprise.replay.TurnResult;
import io.reprise.replay.WorkflowMachine;

/**
 * Replays what was committed, with nothing in memory: the code must find its way, and see
 * what the history says it saw.
 */
final class Replays {

	private final World world;

	private final Oracle oracle;

	private final MachineServices services;

	private boolean done;

	Replays(World world, Oracle oracle) {
		this.world = world;
		this.oracle = oracle;
		services = new MachineServices(SimulatedNode.CONVERTER, new FailureConverter(SimulatedNode.CONVERTER),
				new ActivityOptionsResolver(ActivityRegistry.of(List.of()), Map.of(), ActivitySettings.none()),
				ReplayLimits.DEFAULT);
	}

	/** Of whole histories. */
	void check() {
		run(this::check);
	}

	/** Of what was there after each event. */
	void checkAfterEveryEvent() {
		run(this::checkPrefixes);
	}

	private void run(Consumer<RunStory> check) {
		done = false;
		new Process(world, "replays").start("replay", () -> {
			oracle.stories().forEach(story -> oracle.checked(() -> check.accept(story)));
			done = true;
		});
		if (!world.run(() -> done, 1_000_000)) {
			world.fail("Expected replays to end, but they did not");
		}
	}

	private void check(RunStory story) {
		List<RecordedEvent> history = story.events();
		try (WorkflowMachine machine = machine(story)) {
			TurnResult.Bug bug = machine.replay(history);
			story.require(bug == null, "it can be replayed", String.valueOf(bug));
			story.require(story.endsUnseen() || machine.isClosed() == story.isClosed(), "its replay ends as it did",
					machine.isClosed());
			if (story.closing() instanceof HistoryEvent.WorkflowCompleted completed) {
				Report report = report(completed.result());
				List<String> signals = new ArrayList<>(story.heardBefore());
				signals.addAll(story.signals());
				story.require(report.signals().equals(signals.subList(0, report.signals().size())),
						"it saw its signals in order", report);
				// Those of its last turn come to their handlers after it has returned.
				Report answer = report(machine.query("report", Payload.NO_ARGUMENTS));
				story.require(answer.signals().equals(signals), "it saw all its signals", answer);
				story.require(answer.log().subList(0, report.log().size()).equals(report.log()),
						"its replay does what it did", answer);
			}
		}
	}

	private void checkPrefixes(RunStory story) {
		RunState whole = Kernel.create(story.key(), story.events());
		for (int i = 1; i <= story.events().size(); i++) {
			List<RecordedEvent> prefix = story.events().subList(0, i);
			RunState state = Kernel.create(story.key(), prefix);
			RunState restored = StateJson.read(StateJson.write(state));
			story.require(restored.equals(state), "its state after event " + i + " reads as written", restored);
			RunState later = Kernel.evolve(restored, story.events().subList(i, story.events().size()));
			story.require(later.equals(whole), "it goes on from event " + i + " to " + whole, later);
			if (isBetweenTurns(story, i)) {
				replayPrefix(story, prefix, state);
			}
		}
	}

	/** A turn is committed as a whole: nobody ever sees a part of it. */
	private static boolean isBetweenTurns(RunStory story, int length) {
		if (length == story.events().size()) {
			return true;
		}
		HistoryEvent next = story.events().get(length).event();
		return !(next instanceof HistoryEvent.CommandEvent) && !(next instanceof HistoryEvent.TurnContinued);
	}

	private void replayPrefix(RunStory story, List<RecordedEvent> prefix, RunState state) {
		try (WorkflowMachine machine = machine(story)) {
			TurnResult.Bug bug = machine.replay(prefix);
			story.require(bug == null, "it can be replayed up to " + prefix.size(), String.valueOf(bug));
			story.require(machine.lastMarkerId() == state.lastMarkerId(),
					"its replay up to " + prefix.size() + " stands at marker " + state.lastMarkerId(),
					machine.lastMarkerId());
		}
	}

	private WorkflowMachine machine(RunStory story) {
		RecordedEvent first = story.events().getFirst();
		WorkflowInfo info = new WorkflowInfo(story.key().namespace(), story.key().workflowId(), story.key().runId(),
				"Program", "default", first.time());
		return new WorkflowMachine(SimulatedNode.WORKFLOWS.require("Program"), info, services);
	}

	private static Report report(Payload payload) {
		return (Report) Objects.requireNonNull(SimulatedNode.CONVERTER.fromPayload(payload, Report.class));
	}

}
