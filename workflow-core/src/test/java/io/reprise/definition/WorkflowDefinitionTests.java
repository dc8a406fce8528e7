package io.reprise.definition;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.reprise.Activity;
import io.reprise.ActivityOptions;
import io.reprise.ActivitySettings;
import io.reprise.ErrorCode;
import io.reprise.Workflow;
import io.reprise.WorkflowException;
import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.protocol.Payload;
import io.reprise.replay.WorkflowCode.Handler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WorkflowDefinitionTests {

	private final WorkflowDefinition definition = WorkflowRegistry
		.of(List.of(ProcessOrder.class), new ActivityStubs(), JacksonPayloadConverter.withDefaults())
		.require("ProcessOrder");

	@Test
	void shouldMakeInstancesWithStubs() throws Throwable {
		ProcessOrder one = (ProcessOrder) definition.newInstance();
		ProcessOrder other = (ProcessOrder) definition.newInstance();
		assertThat(one).isNotSameAs(other);
		FakeContext context = new FakeContext().answering("receipt");
		assertThat(context.run(() -> one.payments.charge("order-1"))).isEqualTo("receipt");
		assertThat(context.call().settings().maximumAttempts()).isEqualTo(3);
		assertThat(context.call().settings().startToCloseTimeout()).isEqualTo(Duration.ofSeconds(10));
		context.run(() -> one.patientPayments().charge("order-1"));
		assertThat(context.call().settings().startToCloseTimeout()).isEqualTo(Duration.ofHours(1));
		context.run(() -> one.inheritedPayments().charge("order-1"));
		assertThat(context.call().settings().maximumAttempts()).isEqualTo(9);
	}

	@Test
	void shouldDecodeInvokeAndEncode() throws Throwable {
		ProcessOrder workflow = (ProcessOrder) definition.newInstance();
		Handler run = definition.run();
		Object result = run.invoke(workflow, run.decode(Payload.json("[\"order-1\", 3, [\"a\",\"b\"]]")));
		assertThat(result).isEqualTo("order-1:3:[a, b]");
		assertThat(run.encode(result)).isEqualTo(Payload.json("\"order-1:3:[a, b]\""));
		assertThat(definition.workflowType()).isEqualTo("ProcessOrder");
		assertThat(definition.resultType()).isEqualTo(String.class);
		assertThat(run).hasToString("ProcessOrder.run(String, int, List)");
	}

	@Test
	void shouldTakeNeutralValuesForMissingArguments() throws Throwable {
		ProcessOrder workflow = (ProcessOrder) definition.newInstance();
		Handler run = definition.run();
		assertThat(run.invoke(workflow, new @Nullable Object[] { "order-1", null, null })).isEqualTo("order-1:0:null");
	}

	@Test
	void shouldFindQueriesAndSignalsByName() throws Throwable {
		ProcessOrder workflow = (ProcessOrder) definition.newInstance();
		Handler hold = definition.signal("hold");
		assertThat(hold).isNotNull();
		assertThat(hold.invoke(workflow, hold.decode(Payload.json("[\"fraud\"]")))).isNull();
		Handler status = definition.query("state");
		assertThat(status).isNotNull();
		assertThat(status.encode(status.invoke(workflow, status.decode(Payload.NO_ARGUMENTS))))
			.isEqualTo(Payload.json("\"fraud\""));
		assertThat(definition.query("status")).isNull();
		assertThat(definition.query("hold")).isNull();
		assertThat(definition.signal("state")).isNull();
	}

	@Test
	void shouldThrowWhatHandlersAndConstructorsThrow() throws Throwable {
		ProcessOrder workflow = (ProcessOrder) definition.newInstance();
		Handler fail = definition.signal("fail");
		assertThat(fail).isNotNull();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> fail.invoke(workflow, new Object[0]))
			.withMessage("checked")
			.withNoCause();
		WorkflowDefinition failing = WorkflowRegistry
			.of(List.of(Failing.class), new ActivityStubs(), JacksonPayloadConverter.withDefaults())
			.require("Failing");
		assertThatExceptionOfType(IOException.class).isThrownBy(failing::newInstance).withMessage("constructor");
	}

	@Test
	void shouldRefuseArgumentsThatCannotBeRead() {
		assertThatExceptionOfType(WorkflowException.class)
			.isThrownBy(() -> definition.run().decode(Payload.json("[\"order-1\", \"many\"]")))
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.DECODING_FAILED));
	}

	@Test
	void shouldClassifyFailuresByPolicyOfTheType() {
		WorkflowRegistry registry = WorkflowRegistry.of(List.of(ProcessOrder.class, Failing.class), new ActivityStubs(),
				JacksonPayloadConverter.withDefaults(), name -> name.equals("Failing")
						? new FailurePolicy(Set.of(), Set.of("IOException")) : FailurePolicy.DEFAULT);
		assertThat(registry.require("Failing").isBug(new IOException())).isTrue();
		assertThat(registry.require("ProcessOrder").isBug(new IOException())).isFalse();
		assertThat(registry.require("ProcessOrder").isBug(new NullPointerException())).isTrue();
	}

	@Test
	void shouldMakeStubsForCallSites() {
		Payments payments = definition.activityStub(Payments.class, ActivitySettings.none().withMaximumAttempts(1));
		FakeContext context = new FakeContext();
		context.run(() -> payments.charge("order-1"));
		assertThat(context.call().settings().maximumAttempts()).isEqualTo(1);
	}

	@Activity
	static class Payments {

		@ActivityOptions(startToCloseTimeout = "10s")
		public @Nullable String charge(String order) {
			throw new IllegalStateException(order);
		}

	}

	abstract static class WithPayments {

		@ActivityOptions(maximumAttempts = 9)
		private @Nullable Payments inherited;

		Payments inheritedPayments() {
			assertThat(inherited).isNotNull();
			return inherited;
		}

	}

	@Workflow
	static class ProcessOrder extends WithPayments {

		final Payments payments;

		@ActivityOptions(startToCloseTimeout = "1h")
		private @Nullable Payments patient;

		private String state = "new";

		ProcessOrder(@ActivityOptions(maximumAttempts = 3) Payments payments) {
			this.payments = payments;
		}

		Payments patientPayments() {
			assertThat(patient).isNotNull();
			return patient;
		}

		@Workflow.Run
		public String run(String order, int count, @Nullable List<String> items) {
			return order + ":" + count + ":" + items;
		}

		@Workflow.Signal
		public void hold(String reason) {
			state = reason;
		}

		@Workflow.Signal
		public void fail() throws IOException {
			throw new IOException("checked");
		}

		@Workflow.Query("state")
		public String status() {
			return state;
		}

	}

	@Workflow
	static class Failing {

		Failing() throws IOException {
			throw new IOException("constructor");
		}

		@Workflow.Run
		public void run() {
		}

	}

}
