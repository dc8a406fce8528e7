package io.reprise.convert;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.reprise.ActivityFailure;
import io.reprise.ApplicationFailure;
import io.reprise.CanceledFailure;
import io.reprise.RecordedFailure;
import io.reprise.TerminatedFailure;
import io.reprise.TimeoutFailure;
import io.reprise.TimeoutType;
import io.reprise.protocol.Failure;
import io.reprise.protocol.Payload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of exceptions on their way through a history.
 */
class FailureConverterTests {

	private final FailureConverter converter = new FailureConverter(JacksonPayloadConverter.withDefaults());

	@Test
	void shouldRecordAnyExceptionWithItsClassAndCauses() {
		Exception exception = new IllegalStateException("outer", new java.io.IOException("inner"));

		Failure.Application failure = (Failure.Application) converter.toFailure(exception);

		assertThat(failure.type()).isEqualTo("java.lang.IllegalStateException");
		assertThat(failure.message()).isEqualTo("outer");
		assertThat(failure.nonRetryable()).isFalse();
		assertThat(failure.stackTrace()).startsWith(getClass().getName() + ".shouldRecordAnyException");
		assertThat(failure.cause()).isInstanceOfSatisfying(Failure.Application.class,
				(cause) -> assertThat(cause.type()).isEqualTo("java.io.IOException"));
	}

	@Test
	void shouldBringAnExceptionBackWithTypeMessageAndStackTrace() {
		Exception exception = new IllegalStateException("outer", new NullPointerException());

		RecordedFailure back = converter.toException(converter.toFailure(exception));

		assertThat(back).isInstanceOf(ApplicationFailure.class).hasMessage("outer");
		assertThat(back.isCausedBy(NullPointerException.class)).isTrue();
		assertThat(back.getCause().getMessage()).isNull();
		assertThat(Arrays.stream(back.getStackTrace()).limit(3).map(FailureConverterTests::place).toList())
			.isEqualTo(Arrays.stream(exception.getStackTrace()).limit(3).map(FailureConverterTests::place).toList());
	}

	@Test
	void shouldKeepEverythingAnApplicationFailureSays() {
		ApplicationFailure thrown = ApplicationFailure.of("Declined", "no money", true, Duration.ofSeconds(90),
				Map.of("score", new BigDecimal("0.10")), ApplicationFailure.retryable("Bank", null));

		ApplicationFailure back = (ApplicationFailure) converter.toException(converter.toFailure(thrown));

		assertThat(back.type()).isEqualTo("Declined");
		assertThat(back.getMessage()).isEqualTo("no money");
		assertThat(back.isNonRetryable()).isTrue();
		assertThat(back.nextRetryDelay()).isEqualTo(Duration.ofSeconds(90));
		assertThat(back.details()).isEqualTo(Map.of("score", new BigDecimal("0.10")));
		assertThat(back.isCausedBy("Bank")).isTrue();
	}

	@Test
	void shouldRecordAReadFailureAsItWas() {
		Failure cause = converter.toFailure(new IllegalStateException("inner"));
		for (Failure failure : List.of(
				new Failure.Application("T", "m",
						"a.B.c(B.java:1)\na.B.d(Unknown Source)\na.B.e(Native Method)\nF.f(F.kt)", true,
						Duration.ofMillis(5), Payload.json("[1,{\"a\":null}]"), cause),
				new Failure.Timeout(TimeoutType.HEARTBEAT, "silent", Payload.json("7"), cause),
				new Failure.Canceled("as asked", Payload.json("\"x\"")), new Failure.Canceled(null, null),
				new Failure.Terminated("by hand"), new Failure.Terminated(null),
				new Failure.Activity("A.b", 3, 2, cause), new Failure.Activity("A.b", 3, 2, null))) {
			assertThat(strip(converter.toFailure(converter.toException(failure)))).isEqualTo(strip(failure));
		}
	}

	@Test
	void shouldMakeTheExceptionOfEachKind() {
		assertThat(converter.toException(new Failure.Terminated("t"))).isInstanceOf(TerminatedFailure.class);
		assertThat(converter.toException(new Failure.Canceled("c", null))).isInstanceOf(CanceledFailure.class);
		assertThat(converter.toException(new Failure.Timeout(TimeoutType.SCHEDULE_TO_START, "s", null, null)))
			.isInstanceOfSatisfying(TimeoutFailure.class,
					(e) -> assertThat(e.timeoutType()).isEqualTo(TimeoutType.SCHEDULE_TO_START));
		assertThat(converter.toException(new Failure.Activity("A.b", 3, 2, new Failure.WorkerLost("node"))))
			.isInstanceOf(ActivityFailure.class)
			.hasMessage("Activity A.b (3) failed after 2 attempts: node");
	}

	@Test
	void shouldShowALostWorkerAsARetryableFailure() {
		ApplicationFailure exception = (ApplicationFailure) converter.toException(new Failure.WorkerLost("node-7"));

		assertThat(exception.type()).isEqualTo("WorkerLost");
		assertThat(exception.isNonRetryable()).isFalse();
		assertThat(exception).hasMessage("node-7");
	}

	@Test
	void shouldNotLoseAFailureWhoseDetailsCannotBeWritten() {
		Failure.Application failure = (Failure.Application) converter
			.toFailure(ApplicationFailure.nonRetryable("T", "what happened").withDetails(new Unwritable()));

		assertThat(failure.type()).isEqualTo("T");
		assertThat(failure.details()).isNull();
		assertThat(failure.message())
			.startsWith("what happened [without its details of type " + Unwritable.class.getName());
	}

	@Test
	void shouldNotLoseAFailureWhoseDetailsCannotBeRead() {
		Payload details = new Payload("avro", new byte[] { 1 });

		ApplicationFailure exception = (ApplicationFailure) converter
			.toException(new Failure.Application("T", null, null, false, null, details, null));
		CanceledFailure canceled = (CanceledFailure) converter.toException(new Failure.Canceled("c", details));

		assertThat(exception.details()).isNull();
		assertThat(exception.getMessage()).startsWith("[without its details, which could not be read:")
			.contains("avro");
		assertThat(canceled.getMessage()).startsWith("c [without its details");
	}

	@Test
	void shouldEndChainsThatTurnInACircle() {
		Exception first = new Exception("first");
		Exception second = new Exception("second", first);
		first.initCause(second);

		Failure failure = converter.toFailure(first);

		assertThat(failure.cause().message()).isEqualTo("second");
		assertThat(failure.cause().cause()).isNull();
	}

	@Test
	void shouldEndLongChains() {
		Exception exception = new Exception("0");
		for (int i = 1; i <= 100_000; i++) {
			exception = new Exception("" + i, exception);
		}

		int depth = 0;
		for (Failure f = converter.toFailure(exception); f != null; f = f.cause()) {
			depth++;
		}

		assertThat(depth).isEqualTo(10);
	}

	@Test
	void shouldCutLongMessagesAtAWholeCharacter() {
		Failure failure = converter.toFailure(new Exception("😀é".repeat(100_000)));

		assertThat(failure.message().getBytes(StandardCharsets.UTF_8).length).isBetween(65_500, 65_536);
		assertThat(failure.message()).endsWith("... (cut, 300000 characters in all)").doesNotContain("\ufffd");
		assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(failure.message())).isTrue();
	}

	@Test
	void shouldSayThatDetailsAreMissingEvenInALongMessage() {
		Failure failure = converter
			.toFailure(ApplicationFailure.retryable("T", "x".repeat(100_000)).withDetails(new Unwritable()));

		assertThat(failure.message()).contains("[without its details").hasSizeLessThanOrEqualTo(65_536);
	}

	@Test
	void shouldShortenStackTraces() {
		Failure.Application deep = (Failure.Application) converter.toFailure(deep(500));
		Failure.Application wide = (Failure.Application) converter.toFailure(wide());

		assertThat(deep.stackTrace().lines()).hasSize(21).last().asString().matches("\\.\\.\\. \\d+ more");
		assertThat(wide.stackTrace().length()).isLessThanOrEqualTo(8 * 1024);
		assertThat(wide.stackTrace()).endsWith("... 17 more");
		assertThat(converter.toException(wide).getStackTrace()).hasSize(3);
	}

	@Test
	void shouldLeaveOutNamesOfLoadersAndModules() {
		Exception exception = new Exception();
		exception.setStackTrace(new StackTraceElement[] {
				new StackTraceElement("app", "java.base", "25", "java.util.List", "of", "List.java", 7) });

		assertThat(((Failure.Application) converter.toFailure(exception)).stackTrace())
			.isEqualTo("java.util.List.of(List.java:7)");
	}

	@Test
	void shouldReadStackTracesThatOthersWrote() {
		Failure failure = new Failure.Application("T", "m",
				"Traceback:\n  at a.B$C.lambda$d$0(B.java:12)\nat a.B.<init>(B.java)\n... 3 more\n\n(((", false, null,
				null, null);

		assertThat(converter.toException(failure).getStackTrace()).extracting(StackTraceElement::toString)
			.containsExactly("a.B$C.lambda$d$0(B.java:12)", "a.B.<init>(B.java)");
	}

	@Test
	void shouldKeepTheLocalStackTraceIfNoneWasRecorded() {
		for (@Nullable
		String recorded : new @Nullable String[] { null, "", "nothing of use" }) {
			assertThat(converter.toException(new Failure.Application("T", "m", recorded, false, null, null, null))
				.getStackTrace()).isNotEmpty();
		}
	}

	@Test
	void shouldBearExceptionsThatThrow() {
		Failure.Application failure = (Failure.Application) converter.toFailure(new Hostile());

		assertThat(failure.type()).isEqualTo(Hostile.class.getName());
		assertThat(failure.message()).contains("getMessage() threw java.lang.IllegalStateException");
		assertThat(failure.cause()).isNull();
		assertThat(failure.stackTrace()).isNull();
	}

	/** What differs between a failure and its copy by design: the local stack trace. */
	private static Failure strip(Failure failure) {
		return switch (failure) {
			case Failure.Application f when f.stackTrace() != null -> new Failure.Application(f.type(), f.message(),
					f.stackTrace().lines().filter((line) -> !line.startsWith("...")).toList().toString(),
					f.nonRetryable(), f.nextRetryDelay(), f.details(), (f.cause() != null) ? strip(f.cause()) : null);
			case Failure.Timeout f -> new Failure.Timeout(f.timeoutType(), f.message(), f.lastHeartbeat(),
					(f.cause() != null) ? strip(f.cause()) : null);
			case Failure.Activity f -> new Failure.Activity(f.activityType(), f.activityId(), f.attempts(),
					(f.cause() != null) ? strip(f.cause()) : null);
			default -> failure;
		};
	}

	private static String place(StackTraceElement frame) {
		return frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getFileName() + ":"
				+ frame.getLineNumber();
	}

	private static Exception deep(int depth) {
		return (depth == 0) ? new Exception("deep") : deep(depth - 1);
	}

	private static Exception wide() {
		Exception exception = new Exception("wide");
		StackTraceElement[] frames = new StackTraceElement[20];
		Arrays.fill(frames, new StackTraceElement("C".repeat(2500), "m", "C.java", 1));
		exception.setStackTrace(frames);
		return exception;
	}

	public static final class Unwritable {

		public String getName() {
			throw new IllegalStateException("secret");
		}

	}

	private static final class Hostile extends RuntimeException {

		Hostile() {
			super(null, null, false, false);
		}

		@Override
		public String getMessage() {
			throw new IllegalStateException();
		}

		@Override
		public synchronized Throwable getCause() {
			throw new IllegalStateException();
		}

	}

}
