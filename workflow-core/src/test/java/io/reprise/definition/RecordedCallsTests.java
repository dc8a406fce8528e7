package io.reprise.definition;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.reprise.ErrorCode;
import io.reprise.Workflow;
import io.reprise.WorkflowException;
import io.reprise.definition.HandlerMethod.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RecordedCallsTests {

	@Test
	void shouldRecordCallOfClassWithoutRunningItsConstructor() throws Exception {
		RecordedCall call = RecordedCalls.record(ProcessOrder.class, w -> w.run("order-1", 5));
		assertThat(call.handler().kind()).isEqualTo(Kind.RUN);
		assertThat(call.method()).isEqualTo(ProcessOrder.class.getMethod("run", String.class, int.class));
		assertThat(call.args()).containsExactly("order-1", 5);
		assertThat(call.handler().resultType()).isEqualTo(String.class);
	}

	@Test
	void shouldRecordCallOfPackagePrivateInterface() {
		RecordedCall call = RecordedCalls.record(Shipping.class, w -> w.hold("fraud"));
		assertThat(call.handler().kind()).isEqualTo(Kind.SIGNAL);
		assertThat(call.handler().name()).isEqualTo("stop");
		assertThat(call.args()).containsExactly("fraud");
	}

	@Test
	void shouldRecordMethodReferences() {
		assertThat(query(ProcessOrder.class, ProcessOrder::status).handler().name()).isEqualTo("status");
		assertThat(query(ProcessOrder.class, ProcessOrder::count).handler().name()).isEqualTo("count");
		assertThat(query(Shipping.class, Shipping::place).handler().kind()).isEqualTo(Kind.QUERY);
		assertThat(query(Shipping.class, Shipping::place).args()).isEmpty();
	}

	@Test
	void shouldGiveNeutralValuesForEveryPrimitive() {
		query(ProcessOrder.class, ProcessOrder::count);
		query(ProcessOrder.class, ProcessOrder::aBoolean);
		query(ProcessOrder.class, ProcessOrder::aLong);
		query(ProcessOrder.class, ProcessOrder::aDouble);
		query(ProcessOrder.class, ProcessOrder::aFloat);
		query(ProcessOrder.class, ProcessOrder::aChar);
		query(ProcessOrder.class, ProcessOrder::aByte);
		query(ProcessOrder.class, ProcessOrder::aShort);
	}

	@Test
	void shouldRecordInheritedAndGenericHandlers() {
		RecordedCall call = RecordedCalls.record(StringJob.class, w -> w.run("a"));
		assertThat(call.handler().kind()).isEqualTo(Kind.RUN);
		assertThat(call.handler().parameterTypes()).containsExactly(String.class);
		Consumer<Job<String>> general = w -> w.run("b");
		assertThat(RecordedCalls.record(StringJob.class, general::accept).args()).containsExactly("b");
	}

	@Test
	void shouldRefuseNoCall() {
		assertInvalid(ProcessOrder.class, w -> {
		}, "but it made none. Write only the call, such as w -> w.run(...)");
		assertInvalid(ProcessOrder.class, Object::toString, "it made none");
	}

	@Test
	void shouldRefuseTwoCalls() {
		assertInvalid(ProcessOrder.class, w -> {
			w.status();
			w.count();
		}, "Expected the lambda to make exactly one call of a method of ProcessOrder, but it called status and then count");
	}

	@Test
	void shouldRefuseCallOfWhatIsNoHandler() {
		assertInvalid(ProcessOrder.class, ProcessOrder::helper,
				"but ProcessOrder.helper() has none of them. Call one of ");
		assertInvalid(ProcessOrder.class, ProcessOrder::packagePrivateHelper,
				"ProcessOrder.packagePrivateHelper() has none of them");
	}

	@Test
	void shouldRefuseUseOfTheResult() {
		assertInvalid(ProcessOrder.class, w -> w.status().length(),
				"but after calling status it failed with java.lang.NullPointerException");
	}

	@Test
	void shouldPassOnWhatFailsBeforeTheCall() {
		assertThatIllegalStateException()
			.isThrownBy(() -> RecordedCalls.record(ProcessOrder.class, w -> w.run(failing(), 1)))
			.withMessage("no order");
	}

	@Test
	void shouldRefuseTypesThatAreNoWorkflows() {
		assertThatExceptionOfType(DefinitionException.class)
			.isThrownBy(() -> RecordedCalls.record(String.class, String::length))
			.withMessageContaining("neither it nor a type it extends or implements has @Workflow");
		assertThatExceptionOfType(DefinitionException.class).isThrownBy(() -> RecordedCalls.prepare(FinalOrder.class))
			.withMessageContaining("open to subclasses, but it is final");
	}

	@Test
	void shouldAnswerObjectMethodsWithoutRecordingThem() {
		RecordedCall call = RecordedCalls.record(ProcessOrder.class, w -> {
			assertThat(w).isEqualTo(w).hasSameHashCodeAs(w);
			assertThat(w).hasToString("recorder of calls of " + ProcessOrder.class.getName());
			w.status();
		});
		assertThat(call.handler().name()).isEqualTo("status");
	}

	@Test
	void shouldRecordOnManyThreads() throws Exception {
		List<Callable<Boolean>> tasks = IntStream.range(0, 2_000).mapToObj(i -> (Callable<Boolean>) () -> {
			RecordedCall first = RecordedCalls.record(Concurrent.class, w -> w.run("order-" + i));
			RecordedCall second = RecordedCalls.record(Shipping.class, w -> w.hold("reason-" + i));
			return List.of(first.args()[0], second.args()[0]).equals(List.of("order-" + i, "reason-" + i));
		}).toList();
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (Future<Boolean> result : executor.invokeAll(tasks)) {
				assertThat(result.get()).isTrue();
			}
		}
	}

	private static <W> RecordedCall query(Class<W> type, Function<W, ?> call) {
		return RecordedCalls.record(type, call::apply);
	}

	private static <W> void assertInvalid(Class<W> type, Consumer<W> call, String message) {
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> RecordedCalls.record(type, call))
			.withMessageContaining(message)
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_RECORDED_CALL));
	}

	private static String failing() {
		throw new IllegalStateException("no order");
	}

	@Workflow
	static class ProcessOrder {

		ProcessOrder() {
			throw new IllegalStateException("Expected no constructor to run");
		}

		@Workflow.Run
		public String run(String order, int amount) {
			return order + amount;
		}

		@Workflow.Query
		public @Nullable String status() {
			return "";
		}

		@Workflow.Query
		public int count() {
			return 1;
		}

		@Workflow.Query
		public boolean aBoolean() {
			return true;
		}

		@Workflow.Query
		public long aLong() {
			return 1;
		}

		@Workflow.Query
		public double aDouble() {
			return 1;
		}

		@Workflow.Query
		public float aFloat() {
			return 1;
		}

		@Workflow.Query
		public char aChar() {
			return 'a';
		}

		@Workflow.Query
		public byte aByte() {
			return 1;
		}

		@Workflow.Query
		public short aShort() {
			return 1;
		}

		public void helper() {
		}

		void packagePrivateHelper() {
		}

	}

	@Workflow("shipping")
	interface Shipping {

		@Workflow.Run
		void run();

		@Workflow.Signal("stop")
		void hold(String reason);

		@Workflow.Query
		String place();

	}

	@Workflow
	static class Concurrent {

		@Workflow.Run
		public String run(String order) {
			return order;
		}

	}

	abstract static class Job<T> {

		@Workflow.Run
		public abstract void run(T input);

		@Workflow.Signal
		public void stop() {
		}

	}

	@Workflow
	static class StringJob extends Job<String> {

		@Override
		public void run(String input) {
		}

	}

	@Workflow
	static final class FinalOrder {

		@Workflow.Run
		public void run() {
		}

	}

}
