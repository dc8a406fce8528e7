package io.reprise.testkit.app;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

import io.reprise.ActivityFailure;
import io.reprise.ErrorCode;
import io.reprise.StartOptions;
import io.reprise.TimeoutFailure;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowFailedException;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowNotFoundException;
import io.reprise.WorkflowStatus;
import io.reprise.boot.WorkflowRuntime;
import io.reprise.spi.StoreException.Outcome;
import io.reprise.testkit.InMemoryHistoryStore;
import io.reprise.testkit.TestTime;
import io.reprise.testkit.WorkflowTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link WorkflowTest}, as its users write theirs.
 */
@WorkflowTest
@Timeout(60)
class WorkflowTestTests {

	@Autowired
	private WorkflowClient client;

	@Autowired
	private TestTime time;

	@Autowired
	private InMemoryHistoryStore store;

	@Autowired
	private ApplicationContext context;

	@MockitoSpyBean
	private Payments payments;

	@MockitoBean
	private Mails mails;

	@Test
	void shouldSkipTimeWhileATestWaitsForAResult() {
		given(mails.send(any())).willAnswer(call -> call.getArgument(0));
		Instant start = time.now();

		String result = client.execute(Subscription.class, w -> w.run("ada", 12), StartOptions.withId("ada"));

		assertThat(result).isEqualTo("ada stayed 12 months");
		assertThat(Duration.between(start, time.now())).isEqualTo(Duration.ofDays(360));
		then(payments).should(times(12)).charge(any(), anyInt());
	}

	@Test
	void shouldStandStillUntilTheTestMovesTime() {
		given(mails.send(any())).willReturn("bye");
		WorkflowHandle<Subscription, String> handle = start("ada", 12);
		time.settle();
		Instant start = time.now();
		assertThat(handle.query(Subscription::months)).isEqualTo(1);

		time.advance(Duration.ofDays(30).minusMillis(1));
		assertThat(handle.query(Subscription::months)).isEqualTo(1);
		time.advance(Duration.ofMillis(1));
		assertThat(handle.query(Subscription::months)).isEqualTo(2);
		time.advanceTo(start.plus(Duration.ofDays(100)));
		assertThat(handle.query(Subscription::months)).isEqualTo(4);
		handle.signal(Subscription::stop);

		assertThat(handle.result()).isEqualTo("bye");
		assertThat(time.now()).isEqualTo(start.plus(Duration.ofDays(100)));
	}

	@Test
	void shouldMoveTimeAfterARestart() {
		WorkflowHandle<Subscription, String> handle = start("ada", 12);
		time.settle();
		WorkflowRuntime runtime = context.getBean(WorkflowRuntime.class);

		runtime.stop();
		runtime.start();
		time.advance(Duration.ofDays(30));

		assertThat(handle.query(Subscription::months)).isEqualTo(2);
	}

	@Test
	void shouldSkipThePausesBetweenAttempts() {
		given(mails.send(any())).willReturn("bye");
		given(payments.charge("ada", 1)).willThrow(new IllegalStateException("no connection"))
			.willThrow(new IllegalStateException("no connection"))
			.willReturn("receipt");
		Instant start = time.now();

		assertThat(start("ada", 1).result()).isEqualTo("bye");

		assertThat(Duration.between(start, time.now())).isGreaterThan(Duration.ofDays(30));
		then(payments).should(times(3)).charge("ada", 1);
	}

	@Test
	void shouldLetActivitiesTimeOutThatHang() {
		CountDownLatch never = new CountDownLatch(1);
		willAnswer(call -> never.await(1, java.util.concurrent.TimeUnit.MINUTES)).given(payments)
			.charge(any(), anyInt());
		WorkflowHandle<Subscription, String> handle = start("ada", 1);

		time.advance(Duration.ofMinutes(5));

		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(handle::result)
			.withCauseInstanceOf(ActivityFailure.class)
			.withRootCauseInstanceOf(TimeoutFailure.class);
		then(payments).should(times(3)).charge(any(), anyInt());
		never.countDown();
	}

	@Test
	void shouldCallMocksAsLocalActivities() {
		given(mails.send("Remember, ada")).willThrow(new IllegalStateException("no connection")).willReturn("sent");

		String result = client.execute(Reminder.class, w -> w.run("ada"), StartOptions.withId("reminder"));

		assertThat(result).isEqualTo("sent");
		then(mails).should(times(2)).send("Remember, ada");
	}

	@Test
	void shouldLetLocalActivitiesTimeOutThatHang() {
		CountDownLatch never = new CountDownLatch(1);
		willAnswer(call -> never.await(1, java.util.concurrent.TimeUnit.MINUTES)).given(mails).send(any());
		WorkflowHandle<Reminder, String> handle = client.start(Reminder.class, w -> w.run("ada"),
				StartOptions.withId("reminder"));

		time.advance(Duration.ofMinutes(5));

		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(handle::result)
			.withCauseInstanceOf(ActivityFailure.class)
			.withRootCauseInstanceOf(TimeoutFailure.class);
		then(mails).should(times(3)).send(any());
		never.countDown();
	}

	@Test
	void shouldTellWhyAResultNeverComes() {
		WorkflowHandle<Forgetful, String> handle = client.start(Forgetful.class, w -> w.run("ada"),
				StartOptions.withId("forgetful"));

		assertThatExceptionOfType(AssertionError.class).isThrownBy(handle::result)
			.withMessageStartingWith("Expected workflow 'forgetful' (run " + handle.runId()
					+ ") to go on, but a bug stalls it [NON_DETERMINISM]: ");
		assertThat(handle.describe().stall()).isNotNull();
		assertThat(store.countStalled()).isOne();
	}

	@Test
	void shouldNotWaitForEverForAMessage() {
		WorkflowHandle<Waiting, String> handle = client.start(Waiting.class, w -> w.run(), StartOptions.withId("w-1"));

		assertThatExceptionOfType(AssertionError.class).isThrownBy(handle::result)
			.withMessageStartingWith("Expected workflow 'w-1' to end, but it waits");

		handle.signal(w -> w.say("hello"));
		assertThat(handle.result()).isEqualTo("hello");
	}

	@Test
	void shouldThrowWhatTheClientThrows() {
		assertThatExceptionOfType(WorkflowNotFoundException.class)
			.isThrownBy(() -> client.handle(Subscription.class, "nobody").result())
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.WORKFLOW_NOT_FOUND));
		WorkflowHandle<Waiting, String> handle = client.start(Waiting.class, w -> w.run(), StartOptions.withId("w-1"));
		assertThatExceptionOfType(io.reprise.WorkflowException.class)
			.isThrownBy(() -> handle.result(Duration.ofMillis(50)))
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.RESULT_TIMEOUT));
		handle.terminate("enough");
		assertThatExceptionOfType(WorkflowFailedException.class)
			.isThrownBy(() -> client.handle("w-1").result(String.class))
			.satisfies(ex -> assertThat(ex.status()).isEqualTo(WorkflowStatus.TERMINATED));
	}

	@Test
	void shouldLetTheStoreFail() {
		given(mails.send(any())).willReturn("bye");
		WorkflowHandle<Subscription, String> handle = start("ada", 3);
		time.settle();

		store.failNext(Outcome.NOTHING_WRITTEN);
		store.failNextAfterWriting();
		store.failNext(Outcome.UNKNOWN);

		assertThat(handle.result()).isEqualTo("bye");
		then(mails).should().send("ada stayed 3 months");
	}

	@RepeatedTest(2)
	void shouldRemoveRunsAfterEachTest() {
		assertThat(client.list("").workflows()).isEmpty();

		client.start(Waiting.class, w -> w.run(), StartOptions.withId("w-1"));

		assertThat(client.list("").workflows()).hasSize(1);
	}

	@Test
	void shouldLeaveOutWhatIsNoActivity() {
		assertThat(context.getBeanProvider(MailServer.class).stream()).isEmpty();
		assertThat(context.getBeanProvider(javax.sql.DataSource.class).stream()).isEmpty();
	}

	private WorkflowHandle<Subscription, String> start(String customer, int months) {
		return client.start(Subscription.class, w -> w.run(customer, months), StartOptions.withId(customer));
	}

}
