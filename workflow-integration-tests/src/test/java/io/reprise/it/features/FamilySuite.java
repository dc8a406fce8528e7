package io.reprise.it.features;

import java.util.List;

import io.reprise.CanceledFailure;
import io.reprise.ChildCancellationType;
import io.reprise.ChildOptions;
import io.reprise.HistoryEntry;
import io.reprise.ParentClosePolicy;
import io.reprise.StartOptions;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowRef;
import io.reprise.WorkflowStatus;
import io.reprise.it.features.shop.FamilyWorkflows.Careful;
import io.reprise.it.features.shop.FamilyWorkflows.Courier;
import io.reprise.it.features.shop.FamilyWorkflows.Dispatcher;
import io.reprise.it.features.shop.FamilyWorkflows.Employer;
import io.reprise.it.features.shop.FamilyWorkflows.Hasty;
import io.reprise.it.features.shop.FamilyWorkflows.Neighbour;
import io.reprise.it.features.shop.FamilyWorkflows.PackAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Children, and workflows that talk to others.
 */
abstract class FamilySuite extends FeatureSuite {

	FamilySuite(Database database) {
		super(database);
	}

	@Test
	void shouldGetTheResultsOfChildren() {
		WorkflowHandle<PackAll, List<String>> parent = client.start(PackAll.class,
				(w) -> w.run(List.of("cup", "plate", "spoon")), withNewId("pack"));

		assertThat(parent.result(PATIENCE)).containsExactly("packed list", "packed cup", "packed plate", "packed spoon",
				"packed bill");
		assertThat(parent.history()).extracting(HistoryEntry::type)
			.containsSubsequence("StartChildWorkflowInitiated", "ChildWorkflowStarted", "ChildWorkflowCompleted");
		HistoryEntry initiated = event(parent, "StartChildWorkflowInitiated");
		WorkflowRef child = client.handle((String) initiated.attributes().get("workflowId"));
		assertThat(child.result(String.class, PATIENCE)).isEqualTo("packed list");
		assertThat(map(event(child, "WorkflowStarted").attributes().get("parent")).get("workflowId"))
			.isEqualTo(parent.workflowId());
	}

	@Test
	void shouldTellWhatAChildFailedWith() {
		String answer = client.execute(Careful.class, (w) -> w.run("glass", null), withNewId("careful"));
		assertThat(answer).isEqualTo("Pack: Broken");
	}

	@Test
	void shouldTellThatTheIdOfAChildIsInUse() {
		String id = newId("courier");
		client.start(Courier.class, Courier::run, StartOptions.withId(id));

		WorkflowHandle<Careful, String> parent = client.start(Careful.class, (w) -> w.run("cup", id),
				withNewId("careful"));

		assertThat(parent.result(PATIENCE)).isEqualTo("Pack: WorkflowAlreadyStarted");
		assertThat(parent.history()).extracting(HistoryEntry::type).contains("ChildWorkflowStartFailed");
		client.handle(id).terminate("done with it");
	}

	@Test
	void shouldSignalAChild() {
		WorkflowHandle<Dispatcher, List<String>> parent = client.start(Dispatcher.class,
				(w) -> w.run(List.of("mill", "lake")), withNewId("dispatch"));

		assertThat(parent.result(PATIENCE)).containsExactly("mill", "lake");
		assertThat(parent.history()).filteredOn((event) -> event.type().equals("ExternalSignaled")).hasSize(3);
	}

	@Test
	void shouldGoOnWithAChildAfterEviction() {
		String id = newId("courier");
		WorkflowHandle<Employer, List<String>> parent = client.start(Employer.class,
				(w) -> w.run(ChildOptions.withId(id), true), withNewId("employer"));
		awaitEvent(parent, "ChildWorkflowStarted");

		evictAll();
		client.handle(Courier.class, id).signal((w) -> w.stopAt("hill"));
		client.handle(Courier.class, id).signal(Courier::goHome);

		assertThat(parent.result(PATIENCE)).containsExactly("hill");
	}

	@ParameterizedTest
	@CsvSource({ "TERMINATE, TERMINATED", "REQUEST_CANCEL, CANCELED", "ABANDON, COMPLETED" })
	void shouldDoWithAChildWhatTheEndOfItsParentMeans(ParentClosePolicy policy, WorkflowStatus end) {
		String id = newId("courier");
		client.execute(Employer.class, (w) -> w.run(ChildOptions.withId(id).onParentClose(policy), false),
				withNewId("employer"));

		WorkflowRef child = client.handle(id);
		if (policy == ParentClosePolicy.ABANDON) {
			assertThat(child.describe().status()).isEqualTo(WorkflowStatus.RUNNING);
			child.signal("goHome");
		}
		eventually().untilAsserted(() -> assertThat(child.describe().status()).isEqualTo(end));
	}

	@Test
	void shouldTerminateChildrenOfAParentThatIsTerminated() {
		String id = newId("courier");
		WorkflowRef parent = client.start(Employer.class, (w) -> w.run(ChildOptions.withId(id), true),
				withNewId("employer"));
		awaitEvent(parent, "ChildWorkflowStarted");

		parent.terminate("enough");

		eventually().until(() -> client.handle(id).describe().status() == WorkflowStatus.TERMINATED);
	}

	@Test
	void shouldCancelChildrenWithTheirParent() {
		String id = newId("courier");
		WorkflowRef parent = client.start(Employer.class, (w) -> w.run(ChildOptions.withId(id), true),
				withNewId("employer"));
		awaitEvent(parent, "ChildWorkflowStarted");

		parent.cancel();

		assertThat(failureOf(parent, WorkflowStatus.CANCELED).getCause()).isInstanceOf(CanceledFailure.class);
		assertThat(client.handle(id).describe().status()).isEqualTo(WorkflowStatus.CANCELED);
		assertThat(parent.history()).extracting(HistoryEntry::type)
			.containsSubsequence("CancelExternalInitiated", "ChildWorkflowCanceled");
	}

	@ParameterizedTest
	@EnumSource
	void shouldCancelAChildAsItsOptionsSay(ChildCancellationType type) {
		String id = newId("courier");
		WorkflowHandle<Hasty, String> parent = client.start(Hasty.class,
				(w) -> w.run(ChildOptions.withId(id).onCancel(type).onParentClose(ParentClosePolicy.ABANDON)),
				withNewId("hasty"));

		assertThat(parent.result(PATIENCE)).isEqualTo("CanceledFailure");
		WorkflowRef child = client.handle(id);
		if (type == ChildCancellationType.ABANDON) {
			assertThat(child.describe().status()).isEqualTo(WorkflowStatus.RUNNING);
			child.terminate("done with it");
		}
		else {
			eventually().until(() -> child.describe().status() == WorkflowStatus.CANCELED);
		}
	}

	@Test
	void shouldSignalAndCancelAnotherWorkflow() {
		WorkflowHandle<Courier, List<String>> courier = client.start(Courier.class, Courier::run, withNewId("courier"));

		String answer = client.execute(Neighbour.class, (w) -> w.run(courier.workflowId(), true),
				withNewId("neighbour"));
		assertThat(answer).isEqualTo("told");
		failureOf(courier, WorkflowStatus.CANCELED);
		assertThat(courier.query(Courier::stops)).containsExactly("next door", "called back");
	}

	@Test
	void shouldTellThatThereIsNoSuchWorkflow() {
		WorkflowRef closed = client.start(Courier.class, Courier::run, withNewId("courier"));
		closed.terminate("enough");

		String missing = client.execute(Neighbour.class, (w) -> w.run(newId("nobody"), false), withNewId("neighbour"));
		assertThat(missing).isEqualTo("WorkflowNotFound");
		String ended = client.execute(Neighbour.class, (w) -> w.run(closed.workflowId(), false),
				withNewId("neighbour"));
		assertThat(ended).isEqualTo("WorkflowClosed");
	}

}
