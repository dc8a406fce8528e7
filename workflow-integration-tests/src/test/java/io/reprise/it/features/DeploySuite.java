package io.reprise.it.features;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.reprise.ErrorCode;
import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowDescription;
import io.reprise.WorkflowDescription.Stall;
import io.reprise.WorkflowException;
import io.reprise.WorkflowRef;
import io.reprise.WorkflowStatus;
import io.reprise.WorkflowSummary;
import io.reprise.it.features.deploy.after.After;
import io.reprise.it.features.deploy.before.Before;
import io.reprise.it.features.deploy.later.Later;
import io.reprise.it.features.deploy.without.Without;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Runs that see their code change: versions of an application, one after the other on the
 * same database. They are deployed once; the tests look at what became of the runs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeploySuite {

	private final Database database;

	private String oldParcel = "";

	private String forgottenParcel = "";

	private WorkflowStatus forgottenStatus;

	private WorkflowException unknownStart;

	private String newParcel = "";

	private String patchedParcel = "";

	private String newestParcel = "";

	private Stall parcelWithoutPatch;

	private WorkflowDescription invoiceWithBug;

	private List<String> stalledBefore = List.of();

	private WorkflowException waitedForBug;

	private String healthyInvoice = "";

	private String repairedInvoice = "";

	private WorkflowDescription repairedDescription;

	private WorkflowDescription changedShipment;

	private String restoredShipment = "";

	DeploySuite(Database database) {
		this.database = database;
	}

	@BeforeAll
	void deployOneVersionAfterTheOther() {
		String url = database.create();
		deploy(Before.class, url, this::before);
		deploy(Without.class, url, this::without);
		deploy(After.class, url, this::after);
		deploy(Later.class, url, this::later);
	}

	private void before(WorkflowClient client) {
		for (String id : List.of("old-parcel", "unpatched-parcel", "forgotten-parcel")) {
			WorkflowRef parcel = client.start("Parcel", StartOptions.withId(id), id);
			FeatureSuite.awaitEvent(parcel, "ActivityCompleted");
		}
		WorkflowRef shipment = client.start("Shipment", StartOptions.withId("shipment"), "1");
		FeatureSuite.awaitEvent(shipment, "ActivityCompleted");

		healthyInvoice = client.start("Invoice", StartOptions.defaults(), "1")
			.result(String.class, FeatureSuite.PATIENCE);
		WorkflowRef invoice = client.start("Invoice", StartOptions.withId("invoice"), "2");
		invoiceWithBug = awaitStall(invoice);
		stalledBefore = client.list("stalled = true").workflows().stream().map(WorkflowSummary::workflowId).toList();
		waitedForBug = catchThrowableOfType(WorkflowException.class,
				() -> invoice.result(String.class, Duration.ofMillis(50)));
	}

	private void without(WorkflowClient client) {
		client.handle("forgotten-parcel").signal("release");
		unknownStart = catchThrowableOfType(WorkflowException.class,
				() -> client.start("Parcel", StartOptions.withId("unknown-parcel"), "unknown"));
		FeatureSuite.awaitEvent(client.handle("forgotten-parcel"), "WorkflowSignaled");
		forgottenStatus = client.handle("forgotten-parcel").describe().status();
	}

	private void after(WorkflowClient client) {
		forgottenParcel = client.handle("forgotten-parcel").result(String.class, FeatureSuite.PATIENCE);
		repairedInvoice = client.handle("invoice").result(String.class, FeatureSuite.PATIENCE);
		repairedDescription = client.handle("invoice").describe();

		WorkflowRef old = client.handle("old-parcel");
		old.signal("release");
		oldParcel = old.result(String.class, FeatureSuite.PATIENCE);
		WorkflowRef parcel = client.start("Parcel", StartOptions.withId("new-parcel"), "new");
		parcel.signal("release");
		newParcel = parcel.result(String.class, FeatureSuite.PATIENCE);
		WorkflowRef patched = client.start("Parcel", StartOptions.withId("patched-parcel"), "patched");
		FeatureSuite.eventually().until(() -> patched.query("steps", List.class).size() == 2);

		client.handle("shipment").signal("release");
		changedShipment = awaitStall(client.handle("shipment"));
	}

	private void later(WorkflowClient client) {
		restoredShipment = client.handle("shipment").result(String.class, FeatureSuite.PATIENCE);

		WorkflowRef patched = client.handle("patched-parcel");
		patched.signal("release");
		patchedParcel = patched.result(String.class, FeatureSuite.PATIENCE);
		WorkflowRef parcel = client.start("Parcel", StartOptions.withId("newest-parcel"), "newest");
		parcel.signal("release");
		newestParcel = parcel.result(String.class, FeatureSuite.PATIENCE);

		client.handle("unpatched-parcel").signal("release");
		parcelWithoutPatch = awaitStall(client.handle("unpatched-parcel")).stall();
	}

	@Test
	void shouldGoOnWhenATypeIsBackThatABuildLacked() {
		assertThat(unknownStart.code()).isEqualTo(ErrorCode.UNKNOWN_WORKFLOW_TYPE);
		assertThat(forgottenStatus).isEqualTo(WorkflowStatus.RUNNING);
		assertThat(forgottenParcel).isEqualTo("packed, shipped");
	}

	@Test
	void shouldReplayTheOldPathInOldRuns() {
		assertThat(oldParcel).isEqualTo("packed, shipped");
	}

	@Test
	void shouldTakeTheNewPathInNewRuns() {
		assertThat(newParcel).isEqualTo("packed, insured, shipped");
	}

	@Test
	void shouldGoOnWhenThePatchIsDeprecated() {
		assertThat(patchedParcel).isEqualTo("packed, insured, shipped");
		assertThat(newestParcel).isEqualTo("packed, insured, shipped");
	}

	@Test
	void shouldStallARunThatNeedsThePathThatIsGone() {
		assertThat(parcelWithoutPatch.code()).isEqualTo(ErrorCode.NON_DETERMINISM);
		assertThat(parcelWithoutPatch.message()).contains("insurance", "unpatched-parcel", "Parcel.java:");
	}

	@Test
	void shouldStallOnABugInTheWorkflow() {
		assertThat(healthyInvoice).isEqualTo("For ADA");
		assertThat(invoiceWithBug.status()).isEqualTo(WorkflowStatus.RUNNING);
		Stall stall = invoiceWithBug.stall();
		assertThat(stall.code()).isEqualTo(ErrorCode.WORKFLOW_BUG);
		assertThat(stall.message()).contains("NullPointerException", "Invoice.java:");
		assertThat(stall.attempts()).isPositive();
		assertThat(stall.since()).isAfterOrEqualTo(invoiceWithBug.summary().startTime());
		assertThat(stalledBefore).containsExactly("invoice");
		assertThat(waitedForBug.code()).isEqualTo(ErrorCode.RESULT_TIMEOUT);
	}

	@Test
	void shouldHealWhenTheBugIsRepaired() {
		assertThat(repairedInvoice).isEqualTo("For NOBODY");
		assertThat(repairedDescription.status()).isEqualTo(WorkflowStatus.COMPLETED);
		assertThat(repairedDescription.stall()).isNull();
	}

	@Test
	void shouldShowWhatAChangedWorkflowDoesInstead() {
		assertThat(changedShipment.status()).isEqualTo(WorkflowStatus.RUNNING);
		Stall stall = changedShipment.stall();
		assertThat(stall.code()).isEqualTo(ErrorCode.NON_DETERMINISM);
		assertThat(stall.message()).as("expected, actual and the line")
			.contains("Courier.pack", "Courier.weigh", "Shipment.java:");
		assertThat(changedShipment.summary().stall()).isEqualTo(stall);
	}

	@Test
	void shouldHealWhenTheFormerCodeIsBack() {
		assertThat(restoredShipment).isEqualTo("packed");
	}

	private static WorkflowDescription awaitStall(WorkflowRef workflow) {
		FeatureSuite.eventually().until(() -> workflow.describe().stall() != null);
		return workflow.describe();
	}

	private static void deploy(Class<?> version, String url, Consumer<WorkflowClient> use) {
		try (ConfigurableApplicationContext application = Applications.start(version, url)) {
			use.accept(application.getBean(WorkflowClient.class));
		}
	}

}
