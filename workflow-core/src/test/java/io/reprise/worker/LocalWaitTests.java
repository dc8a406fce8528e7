package io.reprise.worker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import io.reprise.convert.FailureConverter;
import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.definition.ActivityRegistry;
import io.reprise.spi.PayloadConverter;
import io.reprise.spi.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class LocalWaitTests {

	private final AtomicReference<Runnable> onSchedule = new AtomicReference<>(() -> {
	});

	private final AtomicReference<Runnable> alarm = new AtomicReference<>();

	private final AtomicInteger alarms = new AtomicInteger();

	private final LocalServices services = services();

	private final LocalWait wait = new LocalWait(services);

	/** A lock that the ticker takes may park as well, which uses up the permit. */
	@Test
	void shouldNotMissASignalThatComesWhileTheAlarmIsSet() {
		onSchedule.set(() -> {
			wait.signal();
			LockSupport.park(this);
		});

		wait.await(1_000, () -> false);

		assertThat(services.waitingTurns()).isZero();
	}

	@Test
	void shouldNotWaitForWhatIsThere() {
		wait.await(1_000, () -> true);

		assertThat(alarms).hasValue(0);
		assertThat(services.waitingTurns()).isZero();
	}

	@Test
	void shouldCountATurnAsGoingOnBeforeItDoes() {
		wait.await(1_000, () -> {
			wait.signal();
			return true;
		});

		assertThat(services.waitingTurns()).isZero();
	}

	@Test
	void shouldWakeByTheAlarm() {
		onSchedule.set(() -> Thread.ofVirtual().start(() -> alarm.get().run()));

		wait.await(1_000, () -> false);

		assertThat(services.waitingTurns()).isZero();
	}

	@Test
	void shouldUseOneAlarmForManyWaits() {
		onSchedule.set(wait::signal);
		wait.await(1_000_000, () -> false);
		for (int i = 0; i < 10; i++) {
			CompletableFuture<Void> signalled = CompletableFuture.runAsync(() -> {
				while (services.waitingTurns() == 0) {
					Thread.onSpinWait();
				}
				wait.signal();
			});
			wait.await(2_000_000, () -> false);
			signalled.join();
		}

		assertThat(alarms).hasValue(1);
	}

	@Test
	void shouldBringAParkedTurnBackOnce() {
		AtomicInteger resumed = new AtomicInteger();
		wait.parkTurn(1_000, () -> false, resumed::incrementAndGet);

		wait.signal();
		wait.signal();

		assertThat(resumed).hasValue(1);
		assertThat(wait.stop()).isNull();
	}

	@Test
	void shouldHandBackWhatWouldBringATurnBack() {
		Runnable resume = () -> {
		};
		wait.parkTurn(1_000, () -> false, resume);

		assertThat(wait.stop()).isSameAs(resume);
	}

	private LocalServices services() {
		PayloadConverter converter = JacksonPayloadConverter.withDefaults();
		Ticker ticker = new Ticker() {

			@Override
			public long nanos() {
				return 0;
			}

			@Override
			public Scheduled schedule(Duration delay, Runnable task) {
				alarms.incrementAndGet();
				alarm.set(task);
				onSchedule.get().run();
				return () -> {
				};
			}

		};
		return new LocalServices(
				new ActivityCode(ActivityRegistry.of(List.of()), converter, new FailureConverter(converter)), converter,
				ticker, InstantSource.system(), 1_000, new SlotPool("test", 1));
	}

}
