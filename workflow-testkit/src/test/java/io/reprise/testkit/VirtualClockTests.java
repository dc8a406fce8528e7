package io.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.spi.Ticker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link VirtualClock}.
 */
class VirtualClockTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final VirtualClock clock = new VirtualClock();

	private final List<String> log = new ArrayList<>();

	@Test
	void shouldStandStillUntilItIsMoved() {
		assertThat(clock.instant()).isEqualTo(VirtualClock.START);
		clock.advance(Duration.ofDays(30));
		assertThat(clock.instant()).isEqualTo(VirtualClock.START.plus(Duration.ofDays(30)));
		clock.advanceTo(VirtualClock.START.plus(Duration.ofDays(31)));
		assertThat(clock.instant()).isEqualTo(VirtualClock.START.plus(Duration.ofDays(31)));
		assertThat(new VirtualClock(Instant.EPOCH).instant()).isEqualTo(Instant.EPOCH);
	}

	@Test
	void shouldNeverGoBack() {
		clock.advance(SECOND);

		clock.advanceTo(VirtualClock.START);

		assertThat(clock.instant()).isEqualTo(VirtualClock.START.plus(SECOND));
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> clock.advance(SECOND.negated()))
			.withMessage("Expected a duration of zero or more to advance the clock by, but found PT-1S")
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
	}

	@Test
	void shouldRunTasksInOrderOfTimeThenOfScheduling() {
		clock.schedule(Duration.ofSeconds(2), note("2a"));
		clock.schedule(Duration.ofSeconds(1), note("1a"));
		clock.schedule(VirtualClock.START.plusSeconds(2), note("2b"));
		clock.schedule(Duration.ofSeconds(1), note("1b"));
		clock.schedule(Duration.ofSeconds(3), note("3"));

		clock.advance(Duration.ofSeconds(2));

		assertThat(log).containsExactly("1a@1", "1b@1", "2a@2", "2b@2");
		assertThat(clock.scheduledTasks()).isEqualTo(1);
	}

	@Test
	void shouldRunTasksThatTasksSchedule() {
		clock.schedule(SECOND, () -> {
			note("first").run();
			clock.schedule(SECOND, note("second"));
			clock.schedule(Duration.ZERO, note("at once"));
		});

		clock.advance(Duration.ofSeconds(5));

		assertThat(log).containsExactly("first@1", "at once@1", "second@2");
		assertThat(clock.instant()).isEqualTo(VirtualClock.START.plusSeconds(5));
	}

	@Test
	void shouldRunWhatIsOverdueWhenItIsMovedAtAll() {
		clock.advance(SECOND);
		clock.schedule(Duration.ZERO, note("now"));
		clock.schedule(SECOND.negated(), note("negative"));
		clock.schedule(VirtualClock.START, note("past"));
		assertThat(log).isEmpty();

		clock.advance(Duration.ZERO);

		assertThat(log).containsExactly("past@1", "now@1", "negative@1");
	}

	@Test
	void shouldTellWhatIsNext() {
		assertThat(clock.nextDue()).isEmpty();
		assertThat(clock.advanceToNextDue()).isFalse();
		clock.schedule(Duration.ofSeconds(9), note("b"));
		clock.schedule(Duration.ofSeconds(4), note("a"));
		assertThat(clock.nextDue()).contains(VirtualClock.START.plusSeconds(4));

		assertThat(clock.advanceToNextDue()).isTrue();

		assertThat(log).containsExactly("a@4");
		assertThat(clock.nextDue()).contains(VirtualClock.START.plusSeconds(9));
	}

	@Test
	void shouldNotRunWhatWasCancelled() {
		Ticker.Scheduled first = clock.schedule(SECOND, note("first"));
		Ticker.Scheduled second = clock.schedule(SECOND, note("second"));
		Ticker.Scheduled third = clock.schedule(SECOND, note("third"));
		clock.schedule(Duration.ZERO, third::cancel);

		first.cancel();
		first.cancel();
		assertThat(clock.scheduledTasks()).isEqualTo(3);
		clock.advance(SECOND);
		second.cancel();

		assertThat(log).containsExactly("second@1");
		assertThat(clock.scheduledTasks()).isZero();
	}

	@Test
	void shouldLetATaskMoveTheClock() {
		clock.schedule(SECOND, () -> {
			clock.advance(Duration.ofSeconds(10));
			note("outer").run();
		});
		clock.schedule(Duration.ofSeconds(2), note("inner"));

		clock.advance(SECOND);

		assertThat(log).containsExactly("inner@2", "outer@11");
		assertThat(clock.instant()).isEqualTo(VirtualClock.START.plusSeconds(11));
	}

	@Test
	void shouldCountNanosecondsFromTheStart() {
		assertThat(clock.nanos()).isZero();
		clock.advance(Duration.ofSeconds(3, 7));
		assertThat(clock.nanos()).isEqualTo(3_000_000_007L);
	}

	@Test
	void shouldTellWhenATaskIsScheduled() {
		clock.onSchedule(() -> log.add("scheduled " + clock.scheduledTasks()));

		clock.schedule(SECOND, note("a"));
		clock.schedule(VirtualClock.START, note("b"));

		assertThat(log).containsExactly("scheduled 1", "scheduled 2");
	}

	@Test
	void shouldWaitForEverWithoutOverflow() {
		clock.schedule(Duration.ofSeconds(Long.MAX_VALUE), note("never"));

		clock.advance(Duration.ofDays(36_500));

		assertThat(log).isEmpty();
		assertThat(clock.nextDue()).contains(Instant.MAX);
	}

	@Test
	void shouldRunTheOtherTasksIfOneThrows() {
		IllegalStateException first = new IllegalStateException("first");
		IllegalStateException second = new IllegalStateException("second");
		clock.schedule(SECOND, () -> {
			throw first;
		});
		clock.schedule(SECOND, () -> {
			throw second;
		});
		clock.schedule(SECOND, note("third"));

		assertThatIllegalStateException().isThrownBy(() -> clock.advance(Duration.ofSeconds(2)))
			.isSameAs(first)
			.satisfies(ex -> assertThat(ex.getSuppressed()).containsExactly(second));

		assertThat(log).containsExactly("third@1");
		assertThat(clock.instant()).isEqualTo(VirtualClock.START.plusSeconds(2));
	}

	@Test
	void shouldNotMakeOthersWaitForATask() throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch finish = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
			clock.schedule(SECOND, () -> {
				running.countDown();
				await(finish);
			});
			Future<?> mover = threads.submit(() -> clock.advance(Duration.ofSeconds(3)));
			await(running);

			assertThat(clock.instant()).isEqualTo(VirtualClock.START.plusSeconds(1));
			clock.schedule(SECOND, note("scheduled meanwhile"));
			clock.schedule(SECOND, note("cancelled")).cancel();
			Future<?> second = threads.submit(() -> clock.advance(SECOND));
			finish.countDown();
			mover.get(10, TimeUnit.SECONDS);
			second.get(10, TimeUnit.SECONDS);
		}
		assertThat(log).containsExactly("scheduled meanwhile@2");
		assertThat(clock.instant()).isEqualTo(VirtualClock.START.plusSeconds(4));
	}

	private Runnable note(String text) {
		return () -> log.add(text + "@" + Duration.between(VirtualClock.START, clock.instant()).toSeconds());
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
