package io.reprise.it.features;

import java.time.Duration;

import io.reprise.ActivitySettings;
import io.reprise.CanceledFailure;
import io.reprise.HistoryEntry;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowRef;
import io.reprise.WorkflowStatus;
import io.reprise.it.features.shop.Approval;
import io.reprise.it.features.shop.CancelWorkflows.Stubborn;
import io.reprise.it.features.shop.CancelWorkflows.Tour;
import io.reprise.it.features.shop.Partner.Fault;
import io.reprise.it.features.shop.Partner.Script;
import io.reprise.it.features.shop.PartnerWorkflows.CallPartner;
import io.reprise.it.features.shop.PartnerWorkflows.Watch;
import io.reprise.it.features.shop.TimeWorkflows.Nap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asking workflows to stop.
 */
abstract class CancelSuite extends FeatureSuite {

	CancelSuite(Database database) {
		super(database);
	}

	@Test
	void shouldCancelWhatWaits() {
		WorkflowHandle<Approval, String> handle = client.start(Approval.class, (w) -> w.run("leave"),
				withNewId("approval"));

		handle.cancel();

		assertThat(failureOf(handle, WorkflowStatus.CANCELED).getCause()).isInstanceOf(CanceledFailure.class);
		assertThat(handle.history()).extracting(HistoryEntry::type)
			.contains("WorkflowCancelRequested")
			.endsWith("WorkflowCanceled");
	}

	@Test
	void shouldCancelAnActivityThatHeartbeats() {
		String key = newId("watch");
		WorkflowHandle<Watch, Void> handle = client.startVoid(Watch.class, (w) -> w.run(key), withNewId("watch"));
		eventually().until(() -> probe.notes(key).contains("watching"));

		handle.cancel();

		assertThat(failureOf(handle, WorkflowStatus.CANCELED)).hasRootCauseInstanceOf(CanceledFailure.class);
		eventually().until(() -> probe.notes(key).contains("stopped"));
		assertThat(probe.notes("mail to " + key)).containsExactly("cleaned up");
		assertThat(event(handle, "ActivityCancelRequested").attributes()).containsEntry("outcome", "APPLIED");
	}

	@Test
	void shouldCancelASleep() {
		WorkflowRef nap = client.start(Nap.class, (w) -> w.run(Duration.ofHours(1)), withNewId("nap"));
		awaitEvent(nap, "TimerStarted");

		nap.cancel();

		failureOf(nap, WorkflowStatus.CANCELED);
		assertThat(event(nap, "TimerCanceled").attributes()).containsEntry("outcome", "APPLIED");
		assertThat(nap.describe().cancelRequested()).isTrue();
	}

	@Test
	void shouldCancelAnActivityThatWaitsForItsRetry() {
		Script script = new Script(newId("down"), Integer.MAX_VALUE, Fault.NO_ANSWER);
		ActivitySettings hourly = ActivitySettings.none().withBackoff(Duration.ofHours(1), 1, Duration.ofHours(1));
		WorkflowRef handle = client.start(CallPartner.class, (w) -> w.run(script, hourly), withNewId("retry"));
		eventually().until(() -> handle.describe().pendingActivities().stream().anyMatch((a) -> a.attempt() == 2));

		handle.cancel();

		assertThat(failureOf(handle, WorkflowStatus.CANCELED)).hasRootCauseInstanceOf(CanceledFailure.class);
		assertThat(handle.describe().pendingActivities()).isEmpty();
		assertThat(probe.notes(script.key())).hasSize(1);
	}

	@Test
	void shouldCancelAfterEviction() {
		WorkflowHandle<Stubborn, String> handle = client.start(Stubborn.class, Stubborn::run, withNewId("stubborn"));
		awaitEvent(handle, "WorkflowTaskCompleted");

		evictAll();
		handle.cancel();

		assertThat(handle.result(PATIENCE)).isEqualTo("finished anyway");
		assertThat(handle.describe().status()).isEqualTo(WorkflowStatus.COMPLETED);
	}

	@Test
	void shouldCancelOnce() {
		String key = newId("watch");
		WorkflowHandle<Tour, String> handle = client.start(Tour.class, (w) -> w.run(key, true), withNewId("tour"));
		eventually().until(() -> probe.notes(key).contains("watching"));

		handle.cancel();
		eventually().until(() -> handle.query(Tour::outcome).equals("left out"));
		handle.cancel();
		handle.signal(Tour::leave);

		assertThat(handle.result(PATIENCE)).isEqualTo("left out");
		assertThat(handle.history()).filteredOn((event) -> event.type().equals("WorkflowCancelRequested")).hasSize(1);
	}

	@Test
	void shouldCancelAPartOfAWorkflow() {
		String key = newId("watch");
		WorkflowHandle<Tour, String> handle = client.start(Tour.class, (w) -> w.run(key, false), withNewId("tour"));
		eventually().until(() -> probe.notes(key).contains("watching"));

		handle.signal(Tour::skip);
		eventually().until(() -> handle.query(Tour::outcome).equals("left out"));
		handle.signal(Tour::leave);

		assertThat(handle.result(PATIENCE)).isEqualTo("left out");
		eventually().until(() -> probe.notes(key).contains("stopped"));
		assertThat(handle.describe().cancelRequested()).isFalse();
	}

}
