package io.reprise.it.engine;

import java.time.Duration;

import io.reprise.WorkflowException;
import io.reprise.engine.Engine;
import io.reprise.engine.EngineHealth;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Payload;
import io.reprise.protocol.WorkflowTask;
import io.reprise.spi.NodeRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Engines that come after each other or work side by side.
 */
@ExtendWith(OutputCaptureExtension.class)
class EngineNodesTests extends EngineScene {

	@Test
	void shouldGoOnAfterACrashWithAnAttemptSpent() {
		accepted(start("run-1"));
		complete(dispatch.takeWorkflowTask(), schedule(1, ActivityPolicy.DEFAULT));
		dispatch.takeActivityTask();
		store.killNode("node-1");

		RecordingDispatch successor = new RecordingDispatch();
		Engine next = newEngine(successor);
		next.start();
		ActivityTask again = successor.takeActivityTask();
		assertThat(again.attempt()).isEqualTo(2);
		next.stop(true);
	}

	@Test
	void shouldGoOnAfterAHandOverWithoutSpendingAnAttempt() {
		accepted(start("run-1"));
		complete(dispatch.takeWorkflowTask(), schedule(1, ActivityPolicy.DEFAULT));
		dispatch.takeActivityTask();
		engine.stop(true);

		RecordingDispatch successor = new RecordingDispatch();
		Engine next = newEngine(successor);
		next.start();
		assertThat(successor.takeActivityTask().attempt()).isEqualTo(1);
		next.stop(true);
	}

	@Test
	void shouldKeepItsLeaseWhileItDrains() {
		accepted(start("run-1"));
		complete(dispatch.takeWorkflowTask(), schedule(1, ActivityPolicy.DEFAULT));
		ActivityTask mine = dispatch.takeActivityTask();
		engine.drain();

		for (int i = 1; i <= 6; i++) {
			int expected = i;
			clock.advance(Duration.ofHours(8));
			Awaitility.await().until(() -> renewals.get() >= expected);
			assertThat(store.findGone("another")).isEmpty();
		}

		assertThat(submit(new Command.CompleteActivity(mine.key(), 1, 1, Payload.NULL)))
			.isInstanceOf(CommandResult.Accepted.class);
	}

	@Test
	void shouldLetGoOfNoRunWhileItsTurnMayRun() {
		ExecutionKey key = accepted(start("run-1")).key();
		WorkflowTask task = dispatch.takeWorkflowTask();
		engine.drain();

		for (int look = 0; look < 3; look++) {
			submit(new Command.TakeMessages(key));
		}
		assertThat(store.find("run-1").orElseThrow().owner()).isEqualTo("node-1");
		accepted(new Command.SignalWorkflow(key, "go", Payload.NO_ARGUMENTS, "signal"));
		assertThat(complete(task)).isInstanceOf(CommandResult.Accepted.class);

		assertThat(store.find("run-1").orElseThrow().owner()).isEqualTo(NodeRegistry.UNCLAIMED);
		assertThat(dispatch.isEmpty()).isTrue();
	}

	@Test
	void shouldLetGoOfARunWhoseTurnHasTakenTooLong() {
		ExecutionKey key = accepted(start("run-1")).key();
		engine.drain();
		submit(new Command.TakeMessages(key));

		clock.advance(Duration.ofSeconds(2));
		submit(new Command.TakeMessages(key));

		assertThat(store.find("run-1").orElseThrow().owner()).isEqualTo(NodeRegistry.UNCLAIMED);
	}

	@Test
	void shouldRejectAZombieAfterItsRunWasTakenOver() {
		accepted(start("run-1"));
		complete(dispatch.takeWorkflowTask(), schedule(1, ActivityPolicy.DEFAULT));
		ActivityTask mine = dispatch.takeActivityTask();
		store.killNode("node-1");
		RecordingDispatch successor = new RecordingDispatch();
		Engine next = newEngine(successor);
		next.start();

		assertThat(submit(new Command.CompleteActivity(mine.key(), 1, 1, Payload.NULL)))
			.isInstanceOf(CommandResult.Stale.class);
		assertThat(history("run-1")).hasSize(3);
		assertThat(engine.health().fencedWrites()).isEqualTo(1);
		assertThat(next.health().fencedWrites()).isZero();
		next.stop(true);
	}

	@Test
	void shouldTellWhatItTookOverThoughTheStoreFailsNext(CapturedOutput output) {
		accepted(start("run-1"));
		store.killNode("node-1");
		RecordingDispatch successor = new RecordingDispatch();
		successor.onDispatch(() -> store.setDown(true));
		Engine next = newEngine(successor);

		next.start();

		assertThat(successor.takeWorkflowTask().key().runId()).isEqualTo("run-1");
		assertThat(output).contains("Took over 1 runs of node node-1, which is gone");
		store.setDown(false);
		next.stop(true);
	}

	@Test
	void shouldLeaveASignalForTheNodeThatOwnsTheRun() {
		accepted(start("run-1"));
		RecordingDispatch other = new RecordingDispatch();
		Engine second = newEngine(other);
		second.start();

		CommandResult result = second
			.submit(new Command.SignalWorkflow(LATEST, "hold", Payload.NO_ARGUMENTS, "request-1"))
			.join();
		assertThat(result).isInstanceOf(CommandResult.Accepted.class);
		assertThat(history("run-1")).hasSize(1);

		clock.advance(Duration.ofHours(12));
		Awaitility.await().until(() -> history("run-1").size() == 2);
		assertThat(other.isEmpty()).isTrue();
		second.stop(true);
	}

	@Test
	void shouldConnectLaterWhenTheStoreIsDownAtTheStart() {
		store.setDown(true);
		Engine late = newEngine(new RecordingDispatch());
		late.start();
		assertThat(late.health().state()).isEqualTo(EngineHealth.State.CONNECTING);
		assertThatThrownBy(() -> late.submit(start("run-9")).join()).hasCauseInstanceOf(WorkflowException.class)
			.hasMessageContaining("database");

		store.setDown(false);
		Awaitility.await().until(() -> {
			clock.advance(Duration.ofSeconds(10));
			return late.health().state() == EngineHealth.State.RUNNING;
		});
		assertThat(late.submit(start("run-9")).join()).isInstanceOf(CommandResult.Accepted.class);
		late.stop(true);
	}

}
