package io.reprise.kernel;

import java.time.Instant;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.WorkflowStatus;
import io.reprise.kernel.StartDecision.Existing;
import io.reprise.protocol.Command.StartWorkflow;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TaskToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class KernelStartTests {

	@Test
	void shouldStartARun() {
		RunDriver driver = RunDriver.started();

		assertThat(driver.events).containsExactly(
				new HistoryEvent.WorkflowStarted("ProcessOrder", "default", Payload.NO_ARGUMENTS, "start-1"));
		assertThat(driver.effects).containsExactly(new Effect.DispatchTask(new TaskToken(0, 1)));
		assertThat(driver.state().status()).isEqualTo(WorkflowStatus.RUNNING);
		assertThat(driver.run.hasOutstandingWork()).isTrue();
		assertThat(Kernel.workflowTask(driver.run, RunDriver.T0.plusSeconds(1)).time())
			.isEqualTo(RunDriver.T0.plusSeconds(1));
	}

	@Test
	void shouldAcceptTheLongestId() {
		assertThat(start(withId("x".repeat(1000)))).isInstanceOf(Decision.Accepted.class);
		assertThat(start(withId("Bestellung 12/№4 🙂"))).isInstanceOf(Decision.Accepted.class);
	}

	@Test
	void shouldRefuseAnIdThatIsTooLong() {
		assertThat(start(withId("x".repeat(1001)))).isEqualTo(new Decision.Rejected(ErrorCode.INVALID_ARGUMENT,
				"Expected a workflow id of at most 1000 characters, but it has 1001; shorten it"));
	}

	@Test
	void shouldRefuseAnEmptyId() {
		assertThat(start(withId(""))).isEqualTo(
				new Decision.Rejected(ErrorCode.INVALID_ARGUMENT, "Expected a workflow id, but it is empty; give one"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\0b", "\0", "half \uD83D", "\uDE42 half", "\uDE42\uD83D" })
	void shouldRefuseAnIdThatNoDatabaseCanStore(String id) {
		assertThat(start(withId(id))).isEqualTo(new Decision.Rejected(ErrorCode.INVALID_ARGUMENT,
				"Expected a workflow id that can be stored, but it has a NUL or half a surrogate pair; remove it"));
	}

	@Test
	void shouldRefuseArgumentsThatAreTooLarge() {
		StartWorkflow start = RunDriver.startCommand();
		Payload large = new Payload("bin", new byte[64 * 1024 * 1024 + 1]);

		assertThat(start(new StartWorkflow(start.key(), start.workflowType(), start.taskQueue(), large,
				start.requestId(), start.idReusePolicy(), start.idConflictPolicy())))
			.isEqualTo(new Decision.Rejected(ErrorCode.PAYLOAD_TOO_LARGE,
					"Expected workflow arguments of at most 67108864 bytes, but there are 67108865; pass a reference to"
							+ " large data instead"));
	}

	@Test
	void shouldStartWhereThereWasNothing() {
		assertThat(Kernel.startConflict(null, RunDriver.startCommand())).isEqualTo(new StartDecision.StartNew());
	}

	@ParameterizedTest
	@EnumSource(WorkflowStatus.class)
	void shouldRecogniseTheSameStart(WorkflowStatus status) {
		Existing existing = new Existing("run-0", status, "start-1", Instant.EPOCH);

		for (IdReusePolicy reuse : IdReusePolicy.values()) {
			for (IdConflictPolicy conflict : IdConflictPolicy.values()) {
				assertThat(Kernel.startConflict(existing, with(reuse, conflict)))
					.isEqualTo(new StartDecision.UseExisting("run-0", true));
			}
		}
	}

	@Test
	void shouldAskTheConflictPolicyAboutAnOpenRun() {
		Existing open = new Existing("run-0", WorkflowStatus.RUNNING, "start-0", Instant.EPOCH);

		for (IdReusePolicy reuse : IdReusePolicy.values()) {
			assertThat(Kernel.startConflict(open, with(reuse, IdConflictPolicy.USE_EXISTING)))
				.isEqualTo(new StartDecision.UseExisting("run-0", false));
			assertThat(Kernel.startConflict(open, with(reuse, IdConflictPolicy.TERMINATE_EXISTING)))
				.isEqualTo(new StartDecision.TerminateExisting("run-0"));
			assertThat(Kernel.startConflict(open, with(reuse, IdConflictPolicy.FAIL)))
				.isEqualTo(new StartDecision.Refuse(ErrorCode.WORKFLOW_ALREADY_STARTED,
						"Expected no running workflow order-1, but its run run-0 is Running; use another id, or"
								+ " USE_EXISTING or TERMINATE_EXISTING as the conflict policy"));
		}
	}

	@ParameterizedTest
	@EnumSource(value = WorkflowStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "RUNNING")
	void shouldAskTheReusePolicyAboutAClosedRun(WorkflowStatus status) {
		Existing closed = new Existing("run-0", status, "start-0", Instant.EPOCH);
		boolean failed = List
			.of(WorkflowStatus.FAILED, WorkflowStatus.CANCELED, WorkflowStatus.TERMINATED, WorkflowStatus.TIMED_OUT)
			.contains(status);

		for (IdConflictPolicy conflict : IdConflictPolicy.values()) {
			assertThat(Kernel.startConflict(closed, with(IdReusePolicy.ALLOW_DUPLICATE, conflict)))
				.isEqualTo(new StartDecision.StartNew());
			StartDecision ifFailed = Kernel.startConflict(closed,
					with(IdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY, conflict));
			assertThat(ifFailed).isInstanceOf(failed ? StartDecision.StartNew.class : StartDecision.Refuse.class);
			assertThat(Kernel.startConflict(closed, with(IdReusePolicy.REJECT_DUPLICATE, conflict)))
				.isEqualTo(new StartDecision.Refuse(ErrorCode.WORKFLOW_ALREADY_STARTED,
						"Expected workflow order-1 to be new, but its run run-0 is " + status.displayName()
								+ "; use another id, or another reuse policy than REJECT_DUPLICATE"));
		}
	}

	private static Decision start(StartWorkflow start) {
		return Kernel.start(start, new DecisionContext(RunDriver.T0, 0, Limits.DEFAULT));
	}

	private static StartWorkflow withId(String id) {
		StartWorkflow start = RunDriver.startCommand();
		return new StartWorkflow(new ExecutionKey("default", id, "run-1"), start.workflowType(), start.taskQueue(),
				start.arguments(), start.requestId(), start.idReusePolicy(), start.idConflictPolicy());
	}

	private static StartWorkflow with(IdReusePolicy reuse, IdConflictPolicy conflict) {
		StartWorkflow start = RunDriver.startCommand();
		return new StartWorkflow(start.key(), start.workflowType(), start.taskQueue(), start.arguments(),
				start.requestId(), reuse, conflict);
	}

}
