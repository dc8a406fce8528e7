package io.reprise.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.kernel.Effect;
import io.reprise.kernel.Kernel;
import io.reprise.kernel.Run;
import io.reprise.kernel.RunOverlay;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourRequest;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.spi.Ticker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessengerTests {

	private static final ExecutionKey KEY = new ExecutionKey("default", "order-1", "run-1");

	private static final Effect.Errand ERRAND = new Effect.SendMessage(1);

	private final List<Command> said = new ArrayList<>();

	private final List<Runnable> later = new ArrayList<>();

	private final List<Duration> pauses = new ArrayList<>();

	private Function<Command, CompletableFuture<CommandResult>> others = (command) -> CompletableFuture
		.completedFuture(new CommandResult.Accepted(command.key(), 1));

	private final Map<ExecutionKey, ExecutionKey> next = new HashMap<>();

	private final Messenger messenger = new Messenger((command) -> {
		said.add(command);
		return others.apply(command);
	}, key -> {
		assertThat(key.runId()).isNotEmpty();
		return next.get(key);
	}, new HandTicker(), (task) -> new Thread(task) {

		@Override
		public void start() {
			task.run();
		}

	});

	@Test
	void shouldSayWhatIsToBeSaidAndWhatCameOfIt() {
		messenger.run(run(), ERRAND);

		assertThat(said).containsExactlyElementsOf(
				List.of(Kernel.commands(run(), ERRAND).getFirst(), new Command.TakeAnswer(KEY, 1, null)));
		assertThat(messenger.isIdle()).isTrue();
		assertThat(later).isEmpty();
	}

	@Test
	void shouldFollowARunThatWentOnInAnother() {
		Run run = runThatSignals("first");
		ExecutionKey first = Kernel.commands(run, ERRAND).getFirst().key();
		ExecutionKey second = new ExecutionKey("default", first.workflowId(), "second");
		next.put(first, second);
		others = (command) -> CompletableFuture.completedFuture(
				command.key().equals(first) ? new CommandResult.Rejected(ErrorCode.WORKFLOW_CLOSED, "gone on")
						: new CommandResult.Accepted(command.key(), 1));

		messenger.run(run, ERRAND);

		assertThat(said).extracting(Command::key).containsExactly(first, second, KEY);
		assertThat(said.getLast()).isEqualTo(new Command.TakeAnswer(KEY, 1, null));
	}

	@Test
	void shouldNotLookForWhatFollowsTheLatestRun() {
		others = (command) -> CompletableFuture
			.completedFuture((command instanceof Command.TakeAnswer) ? new CommandResult.Accepted(KEY, 1)
					: new CommandResult.Rejected(ErrorCode.WORKFLOW_CLOSED, "it has ended"));

		messenger.run(run(), ERRAND);

		assertThat(said).hasSize(2);
		assertThat(later).isEmpty();
	}

	@Test
	void shouldTryAgainUntilItIsSaid() {
		others = (command) -> CompletableFuture
			.failedFuture(new WorkflowException(ErrorCode.STORE_UNAVAILABLE, "away"));
		messenger.run(run(), ERRAND);
		for (int i = 0; i < 8; i++) {
			later.removeFirst().run();
		}
		assertThat(said).hasSize(9);
		assertThat(pauses).startsWith(Duration.ofMillis(100), Duration.ofMillis(200))
			.endsWith(Duration.ofSeconds(10), Duration.ofSeconds(10));

		others = (command) -> CompletableFuture.completedFuture(new CommandResult.Accepted(command.key(), 1));
		later.removeFirst().run();

		assertThat(said.getLast()).isEqualTo(new Command.TakeAnswer(KEY, 1, null));
		assertThat(later).isEmpty();
	}

	@Test
	void shouldLeaveItToOthersWhenTheEngineStops() {
		others = (command) -> CompletableFuture
			.failedFuture(new WorkflowException(ErrorCode.ENGINE_NOT_RUNNING, "stopped"));

		messenger.run(run(), ERRAND);

		assertThat(said).hasSize(1);
		assertThat(later).isEmpty();
	}

	private static Run run() {
		return runThatSignals("");
	}

	private static Run runThatSignals(String runId) {
		return new Run(Kernel.create(KEY,
				List.of(event(1, new HistoryEvent.WorkflowStarted("Order", "default", Payload.NULL, "start")),
						event(2, new HistoryEvent.WorkflowTaskCompleted(1, Instant.EPOCH, 1, "build", List.of())),
						event(3, new NeighbourRequest.SignalExternalInitiated(1, 0, "other", runId, "hold",
								Payload.NO_ARGUMENTS)))),
				RunOverlay.EMPTY);
	}

	private static RecordedEvent event(long id, HistoryEvent event) {
		return new RecordedEvent(id, Instant.EPOCH, event);
	}

	private final class HandTicker implements Ticker {

		@Override
		public long nanos() {
			return 1;
		}

		@Override
		public Scheduled schedule(Duration delay, Runnable task) {
			pauses.add(delay);
			later.add(task);
			return () -> later.remove(task);
		}

	}

}
