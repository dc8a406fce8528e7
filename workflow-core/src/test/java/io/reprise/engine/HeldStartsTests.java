package io.reprise.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.WorkflowException;
import io.reprise.protocol.Command;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Payload;
import io.reprise.spi.Ticker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeldStartsTests {

	private final List<Submission> again = new ArrayList<>();

	private final HandTicker ticker = new HandTicker();

	private final HeldStarts starts = new HeldStarts(ticker, (task) -> new Thread(task) {

		@Override
		public void start() {
			task.run();
		}

	}, Duration.ofSeconds(1), again::add);

	private static Submission submission(long nanos) {
		return new Submission(new Command.StartWorkflow(new ExecutionKey("default", "order-1", "run"), "Order",
				"default", Payload.NULL, "run", IdReusePolicy.ALLOW_DUPLICATE, IdConflictPolicy.FAIL), nanos);
	}

	@Test
	void shouldTryAgainAfterAPause() {
		Submission start = submission(ticker.nanos());

		starts.tryLater(start);

		assertThat(again).isEmpty();
		ticker.due.forEach(Runnable::run);
		assertThat(again).containsExactly(start);
		assertThat(start.answer()).isNotDone();
	}

	@Test
	void shouldGiveUpWhenTheClientWaitsNoLonger() {
		Submission start = submission(ticker.nanos());
		ticker.now += Duration.ofSeconds(1).toNanos();

		starts.tryLater(start);

		assertThat(ticker.due).isEmpty();
		assertThat(start.answer().exceptionNow())
			.isInstanceOfSatisfying(WorkflowException.class,
					(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.WORKFLOW_ID_HELD))
			.hasMessageContaining("workflow 'order-1'");
	}

	@Test
	void shouldLetNobodyWaitForAnEngineThatHasStopped() {
		Submission before = submission(ticker.nanos());
		Submission after = submission(ticker.nanos());
		IllegalStateException stopped = new IllegalStateException("stopped");

		starts.tryLater(before);
		starts.close(stopped);
		starts.tryLater(after);

		assertThat(before.answer().exceptionNow()).isSameAs(stopped);
		assertThat(after.answer().exceptionNow()).isSameAs(stopped);
		ticker.due.forEach(Runnable::run);
		assertThat(again).isEmpty();
	}

	private static final class HandTicker implements Ticker {

		private final List<Runnable> due = new ArrayList<>();

		private long now = 1;

		@Override
		public long nanos() {
			return now;
		}

		@Override
		public Scheduled schedule(Duration delay, Runnable task) {
			due.add(task);
			return () -> due.remove(task);
		}

	}

}
