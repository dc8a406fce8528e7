package io.reprise.it.features;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.reprise.ErrorCode;
import io.reprise.StartOptions;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowNotFoundException;
import io.reprise.WorkflowRef;
import io.reprise.WorkflowStatus;
import io.reprise.it.features.shop.Approval;
import io.reprise.it.features.shop.PartnerWorkflows.Refuse;
import io.reprise.it.features.shop.TimeWorkflows.Nap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Starting workflows, reaching them and waiting for them.
 */
abstract class ClientSuite extends FeatureSuite {

	ClientSuite(Database database) {
		super(database);
	}

	@Test
	void shouldWaitForAResult() {
		WorkflowHandle<Approval, String> handle = client.start(Approval.class, (w) -> w.run("leave"),
				withNewId("wait"));
		CompletableFuture<String> result = CompletableFuture.supplyAsync(handle::result);

		assertCode(ErrorCode.RESULT_TIMEOUT, () -> handle.result(Duration.ofMillis(100)));
		assertThat(result).isNotDone();
		handle.signal((w) -> w.decideFor("yes"));

		assertThat(result).succeedsWithin(PATIENCE).isEqualTo("leave []");
	}

	@Test
	void shouldReturnAtOnceWhenClosed() {
		WorkflowHandle<Approval, String> handle = client.start(Approval.class, (w) -> w.run("leave"),
				withNewId("closed"));
		handle.signal((w) -> w.decideFor("yes"));
		handle.result(PATIENCE);

		assertThat(handle.result()).isEqualTo("leave []");
		assertThat(handle.result(Duration.ofSeconds(1))).isEqualTo("leave []");
		assertThat(client.handle(handle.workflowId()).result(String.class)).isEqualTo("leave []");
	}

	@Test
	void shouldReachAWorkflowByItsId() {
		WorkflowRef started = client.start("Approval", withNewId("by-id"), "trip");
		String id = started.workflowId();

		WorkflowHandle<Approval, Object> typed = client.handle(Approval.class, id);
		typed.signal((w) -> w.note("first"));
		WorkflowRef untyped = client.handle(id);
		untyped.signal("note", "second");

		assertThat(typed.query(Approval::notes)).containsExactly("first", "second");
		assertThat(untyped.query("state", String.class, "it is ")).isEqualTo("it is open");
		untyped.signal("decide", "yes");
		assertThat(typed.result(PATIENCE)).isEqualTo("trip [first, second]");
		assertThat(client.handle(id, started.runId()).result(String.class)).isEqualTo("trip [first, second]");
	}

	@Test
	void shouldReachOneRunAmongSeveral() {
		StartOptions options = withNewId("runs");
		WorkflowHandle<Approval, String> first = client.start(Approval.class, (w) -> w.run("first"), options);
		first.signal((w) -> w.decideFor("yes"));
		first.result(PATIENCE);
		WorkflowHandle<Approval, String> second = client.start(Approval.class, (w) -> w.run("second"), options);

		assertThat(first.runId()).isNotNull().isNotEqualTo(second.runId());
		assertThat(client.handle(first.workflowId(), first.runId()).describe().status())
			.isEqualTo(WorkflowStatus.COMPLETED);
		assertThat(client.handle(first.workflowId()).describe().runId()).isEqualTo(second.runId());
		assertThat(first.result()).isEqualTo("first []");
		second.terminate("done with it");
	}

	@Test
	void shouldExecute() {
		assertThat(client.execute(Nap.class, (w) -> w.run(Duration.ZERO), StartOptions.defaults()).after()).isNotNull();
	}

	@Test
	void shouldExecuteWithoutAResult() {
		WorkflowHandle<Refuse, Void> handle = client.startVoid(Refuse.class, (w) -> w.run("no"), withNewId("void"));

		failureOf(handle, WorkflowStatus.FAILED);
		assertThatThrownBy(() -> client.executeVoid(Refuse.class, (w) -> w.run("not me"), StartOptions.defaults()))
			.hasMessageContaining("not me");
	}

	@Test
	void shouldRefuseWhatDoesNotExist() {
		WorkflowRef nobody = client.handle(newId("nobody"));

		assertThatThrownBy(nobody::describe).isInstanceOf(WorkflowNotFoundException.class);
		assertThatThrownBy(() -> nobody.result(String.class)).isInstanceOf(WorkflowNotFoundException.class);
		assertThatThrownBy(() -> nobody.signal("note", "x")).isInstanceOf(WorkflowNotFoundException.class);
		assertThatThrownBy(() -> nobody.query("notes", String.class)).isInstanceOf(WorkflowNotFoundException.class);
		assertThatThrownBy(nobody::cancel).isInstanceOf(WorkflowNotFoundException.class);
		assertCode(ErrorCode.UNKNOWN_WORKFLOW_TYPE, () -> client.start("Nobody", StartOptions.defaults()));
		assertCode(ErrorCode.INVALID_RECORDED_CALL,
				() -> client.start(Approval.class, (w) -> "no call", StartOptions.defaults()));
	}

	@Test
	void shouldRefuseMessagesToAClosedRun() {
		WorkflowHandle<Approval, String> handle = client.start(Approval.class, (w) -> w.run("leave"),
				withNewId("closed"));
		handle.terminate("over");

		assertCode(ErrorCode.WORKFLOW_CLOSED, () -> handle.signal((w) -> w.note("late")));
		assertCode(ErrorCode.WORKFLOW_CLOSED, handle::cancel);
		assertCode(ErrorCode.WORKFLOW_CLOSED, () -> handle.terminate("again"));
	}

}
