package io.reprise.it.features;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.reprise.ActivitySettings;
import io.reprise.CanceledFailure;
import io.reprise.ErrorCode;
import io.reprise.HistoryEntry;
import io.reprise.StartOptions;
import io.reprise.TerminatedFailure;
import io.reprise.WorkflowDescription.PendingActivity;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowPage;
import io.reprise.WorkflowRef;
import io.reprise.WorkflowStatus;
import io.reprise.WorkflowSummary;
import io.reprise.it.features.shop.Approval;
import io.reprise.it.features.shop.Partner.Fault;
import io.reprise.it.features.shop.Partner.Script;
import io.reprise.it.features.shop.PartnerWorkflows.AskAll;
import io.reprise.it.features.shop.PartnerWorkflows.AskAny;
import io.reprise.it.features.shop.PartnerWorkflows.CallPartner;
import io.reprise.it.features.shop.PartnerWorkflows.Watch;
import io.reprise.it.features.shop.TimeWorkflows.Nap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages to workflows, looking at them, and many activities at the same time.
 */
abstract class MessagesSuite extends FeatureSuite {

	private static final int IN_FLIGHT = 300;

	MessagesSuite(Database database) {
		super(database);
	}

	@Test
	void shouldHearSignalsInOrder() {
		WorkflowHandle<Approval, String> handle = approval();
		List<String> notes = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			String text = "note " + i;
			notes.add(text);
			handle.signal((w) -> w.note(text));
		}

		handle.signal((w) -> w.decideFor("yes"));

		assertThat(handle.result(PATIENCE)).isEqualTo("leave " + notes);
	}

	@Test
	void shouldRefuseUnknownSignals() {
		WorkflowHandle<Approval, String> handle = approval();

		assertCode(ErrorCode.UNKNOWN_SIGNAL, () -> handle.signal("decideFor", "yes"));
		handle.terminate("not needed");
	}

	@Test
	void shouldCancelWhatWaits() {
		WorkflowHandle<Approval, String> handle = approval();

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
	void shouldTerminateAtOnce() {
		String key = newId("watch");
		WorkflowHandle<Watch, Void> handle = client.startVoid(Watch.class, (w) -> w.run(key), withNewId("watch"));
		eventually().until(() -> probe.notes(key).contains("watching"));

		handle.terminate("operator's decision");

		assertThat(failureOf(handle, WorkflowStatus.TERMINATED).getCause()).isInstanceOf(TerminatedFailure.class)
			.hasMessage("operator's decision");
		eventually().until(() -> probe.notes(key).contains("stopped"));
		assertThat(probe.notes("mail to " + key)).isEmpty();
		assertThat(event(handle, "WorkflowTerminated").attributes()).containsEntry("reason", "operator's decision");
	}

	@Test
	void shouldDescribeAnActivityThatIsRetried() {
		Script script = new Script(newId("down"), Integer.MAX_VALUE, Fault.NO_ANSWER);
		ActivitySettings hourly = ActivitySettings.none().withBackoff(Duration.ofHours(1), 1, Duration.ofHours(1));
		WorkflowHandle<CallPartner, String> handle = client.start(CallPartner.class, (w) -> w.run(script, hourly),
				withNewId("describe"));
		eventually().until(() -> handle.describe().pendingActivities().stream().anyMatch((a) -> a.attempt() == 2));

		PendingActivity pending = handle.describe().pendingActivities().getFirst();

		assertThat(pending.activityType()).isEqualTo("Partner.call");
		assertThat(pending.lastFailure()).contains("no answer");
		assertThat(pending.nextAttemptAt()).isBetween(pending.scheduledAt().plus(Duration.ofHours(1)),
				pending.scheduledAt().plus(Duration.ofHours(1)).plus(PATIENCE));
		handle.terminate("seen");
		assertThat(handle.describe().pendingActivities()).isEmpty();
	}

	@Test
	void shouldDescribeARunAndItsTimer() {
		WorkflowRef handle = client.start(Nap.class, (w) -> w.run(Duration.ofHours(1)), withNewId("describe"));
		awaitEvent(handle, "TimerStarted");

		var description = handle.describe();

		assertThat(description.status()).isEqualTo(WorkflowStatus.RUNNING);
		assertThat(description.workflowId()).isEqualTo(handle.workflowId());
		assertThat(description.summary().workflowType()).isEqualTo("Nap");
		assertThat(description.summary().taskQueue()).isEqualTo("default");
		assertThat(description.summary().closeTime()).isNull();
		assertThat(description.historyEvents()).isEqualTo(handle.history().size());
		assertThat(description.historyBytes()).isPositive();
		assertThat(description.cancelRequested()).isFalse();
		assertThat(description.pendingTimers()).singleElement()
			.satisfies((timer) -> assertThat(timer.firesAt())
				.isAfterOrEqualTo(description.summary().startTime().plus(Duration.ofHours(1))));
		handle.terminate("seen");
		assertThat(handle.describe().summary().closeTime()).isNotNull();
	}

	@Test
	void shouldShowAHistory() {
		WorkflowHandle<Approval, String> handle = approval();
		awaitEvent(handle, "WorkflowTaskCompleted");
		handle.signal((w) -> w.decideFor("yes"));
		handle.result(PATIENCE);

		List<HistoryEntry> history = handle.history();

		assertThat(history).extracting(HistoryEntry::type)
			.containsExactly("WorkflowStarted", "WorkflowTaskCompleted", "WorkflowSignaled", "WorkflowTaskCompleted",
					"WorkflowCompleted");
		assertThat(history).extracting(HistoryEntry::id).containsExactly(1L, 2L, 3L, 4L, 5L);
		assertThat(history).extracting(HistoryEntry::time).isSorted();
		assertThat(history.getFirst().attributes()).containsEntry("workflowType", "Approval")
			.containsEntry("arguments", "[\"leave\"]");
		assertThat(history.getLast().attributes()).containsEntry("result", "\"leave []\"");
	}

	@Test
	void shouldListByFilterPageByPage() {
		String prefix = newId("list");
		for (int i = 0; i < 7; i++) {
			client.start("Approval", StartOptions.withId(prefix + "-" + i), "leave");
		}
		client.handle(prefix + "-3").terminate("seen");
		client.handle(prefix + "-5").signal("decide", "yes");
		client.handle(prefix + "-5").result(String.class, PATIENCE);
		String running = "workflowId STARTS_WITH '" + prefix + "' AND status = 'Running' AND type = 'Approval'";

		assertThat(ids(client.list(running + " ORDER BY startTime ASC"))).containsExactly(prefix + "-0", prefix + "-1",
				prefix + "-2", prefix + "-4", prefix + "-6");
		assertThat(
				ids(client.list("workflowId STARTS_WITH '" + prefix + "' AND status IN ('Completed', 'Terminated')")))
			.containsExactlyInAnyOrder(prefix + "-3", prefix + "-5");
		assertThat(ids(client.list("workflowId = '" + prefix + "-3'"))).containsExactly(prefix + "-3");

		List<String> paged = new ArrayList<>();
		String token = null;
		do {
			WorkflowPage page = client.list(running + " ORDER BY startTime DESC", 2, token);
			assertThat(page.workflows()).hasSizeBetween(1, 2);
			paged.addAll(ids(page));
			token = page.nextPageToken();
		}
		while (token != null);
		assertThat(paged).containsExactly(prefix + "-6", prefix + "-4", prefix + "-2", prefix + "-1", prefix + "-0");
	}

	@Test
	void shouldRefuseFiltersThatMeanNothing() {
		assertCode(ErrorCode.INVALID_FILTER, () -> client.list("colour = 'red'"));
		assertCode(ErrorCode.INVALID_FILTER, () -> client.list("status = 'Sleeping'"));
		assertCode(ErrorCode.INVALID_ARGUMENT, () -> client.list("", 0, null));
	}

	@Test
	void shouldHaveHundredsOfActivitiesInFlight() {
		String key = newId("meet");

		Integer sum = client.start(AskAll.class, (w) -> w.run(key, IN_FLIGHT), withNewId("all")).result(PATIENCE);

		assertThat(sum).as("all met at the same time").isEqualTo(IN_FLIGHT * (IN_FLIGHT - 1) / 2);
	}

	@Test
	void shouldTakeTheFirstAnswer() {
		String key = newId("slow");

		String answer = client.start(AskAny.class, (w) -> w.run(key), withNewId("any")).result(PATIENCE);

		assertThat(answer).isEqualTo("fast, slow is done: false");
		probe.open(key);
	}

	private static List<String> ids(WorkflowPage page) {
		return page.workflows().stream().map(WorkflowSummary::workflowId).toList();
	}

	private WorkflowHandle<Approval, String> approval() {
		return client.start(Approval.class, (w) -> w.run("leave"), withNewId("approval"));
	}

}
