package io.reprise.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import io.reprise.IdReusePolicy;
import io.reprise.Lifetime;
import io.reprise.ParentClosePolicy;
import io.reprise.RetrySettings;
import io.reprise.TimeoutType;
import org.jspecify.annotations.Nullable;

/**
 * Makes arbitrary transitions: every kind, awkward texts, payloads of all sorts. Times
 * and durations are whole microseconds, as what is stored always is.
 */
final class RandomTransitions {

	private static final String[] TEXTS = { "", "a", "order-123", "grün", "😀", "\"\\\n\t\u0000\u001f", "\u2028",
			"\ud83d", "x\ude00y", "\uffff", "null", "{}" };

	private final Random random;

	RandomTransitions(Random random) {
		this.random = random;
	}

	Transition transition() {
		return new Transition(1 + random.nextInt(1000), time(), list(1 + random.nextInt(5), this::event));
	}

	HistoryEvent event() {
		return switch (random.nextInt(42)) {
			case 0 -> new HistoryEvent.WorkflowStarted(text(), text(), payload(), text());
			case 1 -> new HistoryEvent.WorkflowSignaled(text(), payload(), text());
			case 2 -> new HistoryEvent.WorkflowCancelRequested(maybe(this::text), text());
			case 3 -> new HistoryEvent.ActivityCompleted(id(), id(), payload());
			case 4 -> new HistoryEvent.ActivityFailed(id(), id(), failure(4));
			case 5 -> new HistoryEvent.ActivityTimedOut(id(), id(), timeout(3));
			case 6 -> new HistoryEvent.TimerFired(id());
			case 7 -> new HistoryEvent.WorkflowTaskCompleted(random.nextLong(Long.MIN_VALUE + 1, Long.MAX_VALUE),
					time(), id(), text(), list(random.nextInt(3), this::text));
			case 8 -> new HistoryEvent.ActivityScheduled(id(), text(), payload(), policy());
			case 9 -> new HistoryEvent.ActivityCancelRequested(id(), outcome());
			case 10 -> new HistoryEvent.TimerStarted(id(), time());
			case 11 -> new HistoryEvent.TimerCanceled(id(), outcome());
			case 12 -> new HistoryEvent.SideEffectRecorded(payload());
			case 13 -> new HistoryEvent.PatchRecorded(text());
			case 14 -> new HistoryEvent.InputSkipped(random.nextInt(), text());
			case 15 -> new HistoryEvent.WorkflowCompleted(payload());
			case 16 -> new HistoryEvent.WorkflowFailed(failure(6));
			case 17 -> new HistoryEvent.WorkflowCanceled(canceled());
			case 18 -> new HistoryEvent.LocalActivityCompleted(id(), text(), payload(), id(), time(), payload());
			case 19 -> new HistoryEvent.LocalActivityFailed(id(), text(), payload(), id(), time(), failure(3));
			case 20 -> new HistoryEvent.LocalActivityBackedOff(id(), text(), id(), time(), failure(3), time());
			case 21 -> new HistoryEvent.LocalActivityCanceled(id(), text());
			case 22 ->
				new HistoryEvent.TurnContinued(list(random.nextInt(3), () -> new LocalAttempt(id(), text(), id())));
			case 23 -> new HistoryEvent.WorkflowStarted(text(), text(), payload(), text(), maybe(this::terms));
			case 24 -> new HistoryEvent.WorkflowContinuedAsNew(text(), text(), payload());
			case 25 -> new HistoryEvent.WorkflowTimedOut(timeout(2), maybe(this::text));
			case 26 -> random.nextBoolean() ? new HistoryEvent.WorkflowCompleted(payload(), maybe(this::text))
					: new HistoryEvent.WorkflowFailed(failure(2), maybe(this::text));
			case 27 -> random.nextBoolean() ? new HistoryEvent.UpdateCompleted(text(), payload(), null)
					: new HistoryEvent.UpdateCompleted(text(), null, failure(3));
			case 28 -> new HistoryEvent.WorkflowTaskCompleted(id(), time(), id(), text(), List.of(),
					list(1 + random.nextInt(3), () -> new UpdateRequest(text(), text(), payload())));
			case 29 -> new HistoryEvent.WorkflowStarted(text(), text(), payload(), text(),
					new ParentLink(text(), text(), id(), text(), text()));
			case 30 -> new NeighbourRequest.StartChildWorkflowInitiated(id(), text(), text(), text(), text(), payload(),
					ParentClosePolicy.values()[random.nextInt(3)], IdReusePolicy.values()[random.nextInt(3)]);
			case 31 -> new NeighbourRequest.SignalExternalInitiated(id(), id(), text(), text(), text(), payload());
			case 32 -> new NeighbourRequest.CancelExternalInitiated(id(), id(), text(), text(), maybe(this::text));
			case 33 -> new NeighbourAnswer.ChildWorkflowStarted(id(), text());
			case 34 -> new NeighbourAnswer.ChildWorkflowStartFailed(id(), failure(3));
			case 35 -> new NeighbourAnswer.ChildWorkflowCompleted(id(), payload());
			case 36 -> new NeighbourAnswer.ChildWorkflowFailed(id(), failure(3));
			case 37 -> new NeighbourAnswer.ChildWorkflowCanceled(id(), canceled());
			case 38 -> new NeighbourAnswer.ChildWorkflowTerminated(id(), text());
			case 39 -> new NeighbourAnswer.ExternalSignaled(id());
			case 40 -> new NeighbourAnswer.CancelExternalFailed(id(), failure(3));
			default -> new HistoryEvent.WorkflowTerminated(text());
		};
	}

	private RunTerms terms() {
		RetrySettings retry = new RetrySettings(random.nextInt(5), some(), backoff(), some(),
				list(random.nextInt(3), this::text));
		Lifetime lifetime = new Lifetime(maybe(this::some), maybe(this::some), maybe(() -> retry), Duration.ZERO,
				maybe(this::text), maybe(() -> ZoneId.of("Europe/Berlin")));
		return new RunTerms(lifetime, maybe(this::time), maybe(this::chain));
	}

	private RunChain chain() {
		return new RunChain(text(), text(), id(), maybe(this::time), maybe(this::payload),
				list(random.nextInt(3), this::text));
	}

	/** A positive duration. */
	private Duration some() {
		return duration().plusNanos(1_000);
	}

	private Failure failure(int depth) {
		return switch (random.nextInt(7)) {
			case 0 -> timeout(depth);
			case 1 -> canceled();
			case 2 -> new Failure.Terminated(maybe(this::text));
			case 3 -> new Failure.WorkerLost(maybe(this::text));
			case 5 -> new Failure.Child(text(), text(), text(), cause(depth));
			case 4 -> new Failure.Activity(text(), id(), id(), cause(depth));
			default -> new Failure.Application(text(), maybe(this::text), maybe(this::text), random.nextBoolean(),
					maybe(this::duration), maybe(this::payload), cause(depth));
		};
	}

	private Failure.Timeout timeout(int depth) {
		TimeoutType type = TimeoutType.values()[random.nextInt(TimeoutType.values().length)];
		return new Failure.Timeout(type, maybe(this::text), maybe(this::payload), cause(depth));
	}

	private Failure.Canceled canceled() {
		return new Failure.Canceled(maybe(this::text), maybe(this::payload));
	}

	private @Nullable Failure cause(int depth) {
		return (depth > 0) ? maybe(() -> failure(depth - 1)) : null;
	}

	private ActivityPolicy policy() {
		if (random.nextInt(3) == 0) {
			return ActivityPolicy.DEFAULT;
		}
		ActivityPolicy def = ActivityPolicy.DEFAULT;
		return new ActivityPolicy(or(def.startToClose()), maybe(this::duration), maybe(this::duration),
				maybe(this::duration), random.nextBoolean() ? 0 : id(), or(def.initialInterval()), backoff(),
				or(def.maximumInterval()), list(random.nextInt(3), this::text));
	}

	private double backoff() {
		double[] values = { 2.0, 1.0, 1.1, 1 + random.nextDouble(), Double.POSITIVE_INFINITY, Double.MAX_VALUE };
		return values[random.nextInt(values.length)];
	}

	Payload payload() {
		return switch (random.nextInt(7)) {
			case 0 -> Payload.NULL;
			case 1 -> Payload.NO_ARGUMENTS;
			case 2 -> Payload.json("{\"a\":[1,2.50,\"" + random.nextInt() + "\"]}");
			case 3 -> new Payload(Payload.JSON, bytes(20));
			case 4 -> new Payload(text(), bytes(20));
			case 5 -> new Payload(Payload.JSON,
					"é😀\u0000\"\\".repeat(random.nextInt(3000)).getBytes(StandardCharsets.UTF_8));
			default -> new Payload("null", bytes(2));
		};
	}

	byte[] bytes(int limit) {
		byte[] bytes = new byte[random.nextInt(limit + 1)];
		random.nextBytes(bytes);
		return bytes;
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(3); i >= 0; i--) {
			text.append(TEXTS[random.nextInt(TEXTS.length)]);
		}
		return text.toString();
	}

	private int id() {
		return random.nextBoolean() ? 1 + random.nextInt(3) : random.nextInt();
	}

	private Instant time() {
		return JsonIo.instant(random.nextBoolean() ? random.nextInt() : random.nextLong() >> random.nextInt(1, 64));
	}

	private Duration duration() {
		return JsonIo.duration(random.nextLong() >>> random.nextInt(1, 64));
	}

	private Duration or(Duration usual) {
		return random.nextBoolean() ? usual : duration();
	}

	private RaceOutcome outcome() {
		return random.nextBoolean() ? RaceOutcome.APPLIED : RaceOutcome.LOST_RACE;
	}

	private <T> @Nullable T maybe(Supplier<? extends @Nullable T> value) {
		return random.nextBoolean() ? value.get() : null;
	}

	private static <T> List<T> list(int size, Supplier<T> value) {
		List<T> list = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			list.add(value.get());
		}
		return list;
	}

}
