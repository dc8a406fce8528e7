package io.reprise.it.features;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.reprise.WorkflowHandle;
import io.reprise.it.features.shop.TimeWorkflows.Doorman;
import io.reprise.it.features.shop.TimeWorkflows.Draw;
import io.reprise.it.features.shop.TimeWorkflows.Lottery;
import io.reprise.it.features.shop.TimeWorkflows.Nap;
import io.reprise.it.features.shop.TimeWorkflows.Times;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Timers, and what is different each time but the same at replay.
 */
abstract class TimeSuite extends FeatureSuite {

	TimeSuite(Database database) {
		super(database);
	}

	@Test
	void shouldNeverWakeUpEarly() {
		List<Duration> durations = IntStream.range(0, 20).mapToObj((i) -> Duration.ofMillis(100 + 37L * i)).toList();

		List<WorkflowHandle<Nap, Times>> naps = durations.stream().map(this::nap).toList();

		for (int i = 0; i < naps.size(); i++) {
			WorkflowHandle<Nap, Times> nap = naps.get(i);
			Duration duration = durations.get(i);
			Times times = nap.result(PATIENCE);
			assertThat(times.after()).isAfterOrEqualTo(times.before().plus(duration));
			assertThat(times.databaseAfter()).isAfterOrEqualTo(times.databaseBefore().plus(duration));
			assertThat(times.databaseAfter()).isAfterOrEqualTo(times.before().plus(duration));
			Instant due = Instant.parse((String) event(nap, "TimerStarted").attributes().get("fireAt"));
			assertThat(due).isAfterOrEqualTo(times.before().plus(duration));
			assertThat(event(nap, "TimerFired").time()).isAfterOrEqualTo(due);
		}
	}

	@Test
	void shouldSleepOnAfterEviction() {
		WorkflowHandle<Nap, Times> nap = nap(Duration.ofMillis(600));
		awaitEvent(nap, "TimerStarted");

		evictAll();

		Times times = nap.result(PATIENCE);
		assertThat(times.after()).isAfterOrEqualTo(times.before().plusMillis(600));
	}

	@Test
	void shouldNotSleepForNothing() {
		WorkflowHandle<Nap, Times> nap = nap(Duration.ZERO);

		nap.result(PATIENCE);

		assertThat(nap.history()).noneMatch((event) -> event.type().equals("TimerStarted"));
	}

	@Test
	void shouldStopWaitingWhenTheConditionHolds() {
		WorkflowHandle<Doorman, String> doorman = client.start(Doorman.class, (w) -> w.run(Duration.ofHours(1)),
				withNewId("doorman"));
		awaitEvent(doorman, "TimerStarted");

		doorman.signal((w) -> w.knock("Ada"));

		assertThat(doorman.result(PATIENCE)).isEqualTo("let in Ada");
		assertThat(event(doorman, "TimerCanceled").attributes()).containsEntry("outcome", "APPLIED");
		assertThat(doorman.describe().pendingTimers()).isEmpty();
	}

	@Test
	void shouldStopWaitingWhenTimeIsOver() {
		WorkflowHandle<Doorman, String> doorman = client.start(Doorman.class, (w) -> w.run(Duration.ofMillis(200)),
				withNewId("doorman"));

		assertThat(doorman.result(PATIENCE)).isEqualTo("went home");
	}

	@Test
	void shouldDrawTheSameAfterEviction() {
		WorkflowHandle<Lottery, Draw> lottery = client.start(Lottery.class, Lottery::run, withNewId("lottery"));
		Draw drawn = lottery.query(Lottery::draw);

		evictAll();
		assertThat(lottery.query(Lottery::draw)).isEqualTo(drawn);
		evictAll();
		lottery.signal(Lottery::claim);

		assertThat(lottery.result(PATIENCE)).isEqualTo(drawn);
		assertThat(drawn.at()).isBetween(event(lottery, "WorkflowStarted").time(),
				event(lottery, "WorkflowTaskCompleted").time());
		assertThat(drawn.id().version()).isEqualTo(4);
		Draw other = client.start(Lottery.class, Lottery::run, withNewId("lottery")).query(Lottery::draw);
		assertThat(other.id()).isNotEqualTo(drawn.id());
		assertThat(other.number()).isNotEqualTo(drawn.number());
		assertThat(other.fraction()).isNotEqualTo(drawn.fraction());
		assertThat(other.secret()).isNotEqualTo(drawn.secret());
	}

	@Test
	void shouldWriteEachLineOnce() {
		Logger logger = (Logger) LoggerFactory.getLogger(Lottery.class);
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		lines.start();
		logger.addAppender(lines);
		try {
			WorkflowHandle<Lottery, Draw> lottery = client.start(Lottery.class, Lottery::run, withNewId("lottery"));
			lottery.query(Lottery::draw);
			evictAll();
			lottery.query(Lottery::draw);
			evictAll();
			lottery.signal(Lottery::claim);
			lottery.result(PATIENCE);
			evictAll();
			lottery.query(Lottery::draw);

			String id = lottery.workflowId();
			assertThat(lines.list.stream().map(ILoggingEvent::getFormattedMessage).filter((line) -> line.contains(id)))
				.containsExactly("Drawn for " + id, "Claimed by " + id);
		}
		finally {
			logger.detachAppender(lines);
		}
	}

	private WorkflowHandle<Nap, Times> nap(Duration duration) {
		return client.start(Nap.class, (w) -> w.run(duration), withNewId("nap"));
	}

}
