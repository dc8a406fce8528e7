package io.reprise.engine;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.reprise.ErrorCode;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Payload;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.StoreException;
import io.reprise.spi.Ticker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UpdateCallsTests {

	private static final Command.UpdateWorkflow UPDATE = new Command.UpdateWorkflow(
			new ExecutionKey("default", "order-1", "run-1"), "update-1", "add", Payload.NO_ARGUMENTS);

	private final VirtualTicker ticker = new VirtualTicker();

	private final List<Command> sent = new ArrayList<>();

	private int looks;

	private CompletableFuture<CommandResult> answer = new CompletableFuture<>();

	private final HistoryStore store = (HistoryStore) Proxy.newProxyInstance(HistoryStore.class.getClassLoader(),
			new Class<?>[] { HistoryStore.class }, (proxy, method, arguments) -> {
				looks++;
				throw new StoreException(StoreException.Outcome.NOTHING_WRITTEN, "away", null);
			});

	private final UpdateCalls calls = new UpdateCalls(
			new RunReader(store, new RunCache(1), new RunWaiters(), () -> "node", () -> {
			}), true, (command) -> {
				sent.add(command);
				return answer;
			}, ticker, (task) -> new Thread(task) {

				@Override
				public void start() {
					task.run();
				}

			}, () -> Instant.EPOCH);

	@Test
	void shouldAnswerWhenTheTimeIsOver() {
		CompletableFuture<CommandResult> result = calls.send(UPDATE, Duration.ofMillis(200));

		ticker.advance(Duration.ofMillis(199));
		assertThat(result).isNotDone();
		ticker.advance(Duration.ofMillis(1));

		assertThat(result).isCompletedWithValueMatching(UpdateCallsTests::isTimeout);
		assertThat(sent).containsExactly(UPDATE);
		assertThat(ticker.due).isEmpty();
	}

	@Test
	void shouldSendAgainUntilTheTimeIsOver() {
		CompletableFuture<CommandResult> result = calls.send(UPDATE, Duration.ofSeconds(5));

		ticker.advance(Duration.ofMillis(4999));
		assertThat(sent).hasSize(3);
		assertThat(result).isNotDone();
		ticker.advance(Duration.ofMillis(1));

		assertThat(result).isCompletedWithValueMatching(UpdateCallsTests::isTimeout);
		assertThat(sent).hasSize(3);
	}

	@Test
	void shouldLookInOneChainHoweverOftenItIsSent() {
		answer = CompletableFuture.completedFuture(new CommandResult.Stale());
		CompletableFuture<CommandResult> result = calls.send(UPDATE, Duration.ofMinutes(10));

		ticker.advance(Duration.ofMinutes(5));
		looks = 0;
		ticker.advance(Duration.ofMinutes(1));

		assertThat(looks).isBetween(59, 61);
		assertThat(ticker.due).hasSize(2);
		result.cancel(false);
		ticker.advance(Duration.ofSeconds(1));
		assertThat(ticker.due).isEmpty();
	}

	@Test
	void shouldTakeBackTheNextTryWhenItIsAnswered() {
		answer = CompletableFuture.completedFuture(new CommandResult.Accepted(UPDATE.key(), 3));

		assertThat(calls.send(UPDATE, Duration.ofSeconds(5)))
			.isCompletedWithValue(new CommandResult.Accepted(UPDATE.key(), 3));
		assertThat(ticker.due).isEmpty();
	}

	private static boolean isTimeout(CommandResult result) {
		return result instanceof CommandResult.Rejected rejected && rejected.code() == ErrorCode.UPDATE_TIMEOUT;
	}

	/** Runs what is due in its order, at its time. */
	private static final class VirtualTicker implements Ticker {

		private final List<Due> due = new ArrayList<>();

		private long now;

		@Override
		public long nanos() {
			return now;
		}

		@Override
		public Scheduled schedule(Duration delay, Runnable task) {
			Due next = new Due(now + delay.toNanos(), task);
			due.add(next);
			return () -> due.remove(next);
		}

		private void advance(Duration time) {
			long until = now + time.toNanos();
			while (true) {
				Due next = due.stream()
					.filter((each) -> each.at <= until)
					.min(Comparator.comparingLong(Due::at))
					.orElse(null);
				if (next == null) {
					now = until;
					return;
				}
				due.remove(next);
				now = next.at;
				next.task.run();
			}
		}

		private record Due(long at, Runnable task) {

		}

	}

}
