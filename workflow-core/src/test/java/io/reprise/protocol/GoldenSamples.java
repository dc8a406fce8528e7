package io.reprise.protocol;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.reprise.IdReusePolicy;
import io.reprise.Lifetime;
import io.reprise.ParentClosePolicy;
import io.reprise.RetrySettings;
import io.reprise.TimeoutType;

/**
 * The objects behind the golden files, by file name without its end.
 */
final class GoldenSamples {

	static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");

	static final ExecutionKey KEY = new ExecutionKey("default", "order-123", "run-1");

	private static final Payload ARGUMENTS = Payload
		.json("[\"order-123\",{\"total\":99.90,\"note\":\"grün \\\"😀\\\"\"}]");

	private static final Payload BINARY = new Payload("protobuf", new byte[] { 0, 1, -1, 127, -128 });

	private static final ActivityPolicy FULL_POLICY = new ActivityPolicy(Duration.ofSeconds(10), Duration.ofMinutes(5),
			Duration.ofSeconds(30), Duration.ofMillis(1500), 3, Duration.ofMillis(200), 1.5, Duration.ofSeconds(20),
			List.of("com.acme.CardDeclined", "Fraud"));

	private static final ActivityPolicy PART_POLICY = new ActivityPolicy(Duration.ofMinutes(1), null, null, null, 5,
			Duration.ofSeconds(1), 2.0, Duration.ofSeconds(100), List.of());

	private static final Failure.Application APPLICATION = new Failure.Application("com.acme.CardDeclined", "Declined",
			"com.acme.Payments.charge(Payments.java:17)\ncom.acme.Payments.pay(Payments.java:9)\n... 14 more", false,
			null, null, null);

	private static final Failure.Application FULL_APPLICATION = new Failure.Application("Fraud", "Line 1\nLine 2", null,
			true, Duration.ofSeconds(90), Payload.json("{\"score\":0.97}"), APPLICATION);

	private static final Failure.Timeout TIMEOUT = new Failure.Timeout(TimeoutType.START_TO_CLOSE, null, null, null);

	private static final Failure.Timeout FULL_TIMEOUT = new Failure.Timeout(TimeoutType.HEARTBEAT,
			"No heartbeat for 5 s", Payload.json("{\"done\":7}"), APPLICATION);

	private static final Lifetime LIFETIME = new Lifetime(Duration.ofDays(1), Duration.ofHours(2),
			new RetrySettings(3, Duration.ofSeconds(1), 1.5, Duration.ofSeconds(20), List.of("Fraud")), Duration.ZERO,
			"0 0 * * *", ZoneId.of("Europe/Berlin"));

	private static final RunChain CHAIN = new RunChain("run-1", "run-6", 2, TIME, Payload.json("\"done\""),
			List.of("req-2", "req-3"));

	private GoldenSamples() {
	}

	static Map<String, HistoryEvent> events() {
		Map<String, HistoryEvent> samples = new LinkedHashMap<>();
		inputs(samples);
		commandEvents(samples);
		failures(samples);
		samples.put("WorkflowTaskCompleted", new HistoryEvent.WorkflowTaskCompleted(3, TIME, 2, "1.4.0", List.of()));
		samples.put("WorkflowTaskCompleted-updates",
				new HistoryEvent.WorkflowTaskCompleted(3, TIME, 1, "1.4.0", List.of(),
						List.of(new UpdateRequest("update-7", "add", ARGUMENTS),
								new UpdateRequest("update-8", "clear", Payload.NULL))));
		samples.put("WorkflowTaskCompleted-unpatched", new HistoryEvent.WorkflowTaskCompleted(9_000_000_000L,
				Instant.EPOCH, 0, "", List.of("thank-you-mail", "b")));
		samples.put("WorkflowTimedOut", new HistoryEvent.WorkflowTimedOut(TIMEOUT, null));
		samples.put("WorkflowTimedOut-next", new HistoryEvent.WorkflowTimedOut(TIMEOUT, "run-2"));
		samples.put("WorkflowTerminated", new HistoryEvent.WorkflowTerminated("wrong order"));
		return samples;
	}

	private static void inputs(Map<String, HistoryEvent> samples) {
		samples.put("WorkflowStarted", new HistoryEvent.WorkflowStarted("ProcessOrder", "default", ARGUMENTS, "req-1"));
		samples.put("WorkflowStarted-nothing",
				new HistoryEvent.WorkflowStarted("ProcessOrder", "default", Payload.NULL, "req-1"));
		samples.put("WorkflowStarted-terms", new HistoryEvent.WorkflowStarted("ProcessOrder", "default", Payload.NULL,
				"req-1", new RunTerms(LIFETIME, TIME, null)));
		samples.put("WorkflowStarted-chain", new HistoryEvent.WorkflowStarted("ProcessOrder", "default", Payload.NULL,
				"req-1", new RunTerms(Lifetime.UNLIMITED, null, CHAIN)));
		samples.put("WorkflowSignaled", new HistoryEvent.WorkflowSignaled("hold", Payload.NO_ARGUMENTS, "req-2"));
		samples.put("WorkflowSignaled-binary", new HistoryEvent.WorkflowSignaled("hold", BINARY, "req-2"));
		samples.put("WorkflowCancelRequested", new HistoryEvent.WorkflowCancelRequested("changed my mind", "req-3"));
		samples.put("WorkflowCancelRequested-without-reason", new HistoryEvent.WorkflowCancelRequested(null, "req-3"));
		samples.put("ActivityCompleted", new HistoryEvent.ActivityCompleted(1, 1, Payload.json("\"receipt-7\"")));
		samples.put("ActivityCompleted-void-at-third", new HistoryEvent.ActivityCompleted(1, 3, Payload.NULL));
		samples.put("ActivityFailed", new HistoryEvent.ActivityFailed(2, 3, FULL_APPLICATION));
		samples.put("ActivityTimedOut", new HistoryEvent.ActivityTimedOut(2, 1, TIMEOUT));
		samples.put("TimerFired", new HistoryEvent.TimerFired(4));
		samples.put("WorkflowStarted-child", new HistoryEvent.WorkflowStarted("ProcessOrder", "default", Payload.NULL,
				"req-1", new ParentLink("order-123", "run-1", 3, "day-7", "run-0")));
		samples.put("ChildWorkflowStarted", new NeighbourAnswer.ChildWorkflowStarted(3, "run-3"));
		samples.put("ChildWorkflowStartFailed", new NeighbourAnswer.ChildWorkflowStartFailed(3, APPLICATION));
		samples.put("ChildWorkflowCompleted",
				new NeighbourAnswer.ChildWorkflowCompleted(3, Payload.json("\"receipt-7\"")));
		samples.put("ChildWorkflowFailed", new NeighbourAnswer.ChildWorkflowFailed(3, APPLICATION));
		samples.put("ChildWorkflowCanceled",
				new NeighbourAnswer.ChildWorkflowCanceled(3, new Failure.Canceled("as asked", null)));
		samples.put("ChildWorkflowTimedOut", new NeighbourAnswer.ChildWorkflowTimedOut(3, TIMEOUT));
		samples.put("ChildWorkflowTerminated", new NeighbourAnswer.ChildWorkflowTerminated(3, "wrong order"));
		samples.put("ExternalSignaled", new NeighbourAnswer.ExternalSignaled(4));
		samples.put("SignalExternalFailed", new NeighbourAnswer.SignalExternalFailed(4, APPLICATION));
		samples.put("ExternalCancelRequested", new NeighbourAnswer.ExternalCancelRequested(5));
		samples.put("CancelExternalFailed", new NeighbourAnswer.CancelExternalFailed(5, APPLICATION));
		samples.put("TurnContinued", new HistoryEvent.TurnContinued(
				List.of(new LocalAttempt(5, "Payments.chargeCard", 1), new LocalAttempt(7, "Payments.refund", 3))));
	}

	private static void commandEvents(Map<String, HistoryEvent> samples) {
		samples.put("ActivityScheduled",
				new HistoryEvent.ActivityScheduled(1, "Payments.chargeCard", ARGUMENTS, ActivityPolicy.DEFAULT));
		samples.put("ActivityScheduled-part-policy",
				new HistoryEvent.ActivityScheduled(1, "Payments.chargeCard", Payload.NULL, PART_POLICY));
		samples.put("ActivityScheduled-full-policy",
				new HistoryEvent.ActivityScheduled(1, "Payments.chargeCard", Payload.NO_ARGUMENTS, FULL_POLICY));
		samples.put("ActivityCancelRequested", new HistoryEvent.ActivityCancelRequested(1, RaceOutcome.APPLIED));
		samples.put("ActivityCancelRequested-lost", new HistoryEvent.ActivityCancelRequested(1, RaceOutcome.LOST_RACE));
		samples.put("TimerStarted", new HistoryEvent.TimerStarted(4, TIME.plus(Duration.ofDays(30))));
		samples.put("TimerCanceled", new HistoryEvent.TimerCanceled(4, RaceOutcome.APPLIED));
		samples.put("TimerCanceled-lost", new HistoryEvent.TimerCanceled(4, RaceOutcome.LOST_RACE));
		samples.put("LocalActivityCompleted", new HistoryEvent.LocalActivityCompleted(5, "Payments.chargeCard",
				ARGUMENTS, 1, TIME, Payload.json("\"receipt-7\"")));
		samples.put("LocalActivityCompleted-void-at-third",
				new HistoryEvent.LocalActivityCompleted(5, "Payments.chargeCard", Payload.NULL, 3, TIME, Payload.NULL));
		samples.put("LocalActivityFailed",
				new HistoryEvent.LocalActivityFailed(5, "Payments.chargeCard", ARGUMENTS, 2, TIME, FULL_APPLICATION));
		samples.put("LocalActivityFailed-timeout",
				new HistoryEvent.LocalActivityFailed(5, "Payments.chargeCard", Payload.NULL, 1, TIME, FULL_TIMEOUT));
		samples.put("LocalActivityBackedOff", new HistoryEvent.LocalActivityBackedOff(5, "Payments.chargeCard", 2, TIME,
				APPLICATION, TIME.plus(Duration.ofMinutes(1))));
		samples.put("LocalActivityCanceled", new HistoryEvent.LocalActivityCanceled(5, "Payments.chargeCard"));
		samples.put("StartChildWorkflowInitiated", new NeighbourRequest.StartChildWorkflowInitiated(3, "ship-123",
				"run-3", "Ship", "default", ARGUMENTS, ParentClosePolicy.TERMINATE, IdReusePolicy.ALLOW_DUPLICATE));
		samples.put("StartChildWorkflowInitiated-full", new NeighbourRequest.StartChildWorkflowInitiated(3, "ship-123",
				"run-3", "Ship", "default", Payload.NULL, ParentClosePolicy.ABANDON, IdReusePolicy.REJECT_DUPLICATE));
		samples.put("SignalExternalInitiated",
				new NeighbourRequest.SignalExternalInitiated(4, 0, "ship-123", "", "hold", ARGUMENTS));
		samples.put("SignalExternalInitiated-child",
				new NeighbourRequest.SignalExternalInitiated(4, 3, "ship-123", "run-3", "hold", Payload.NO_ARGUMENTS));
		samples.put("CancelExternalInitiated",
				new NeighbourRequest.CancelExternalInitiated(5, 0, "ship-123", "", null));
		samples.put("CancelExternalInitiated-child",
				new NeighbourRequest.CancelExternalInitiated(5, 3, "ship-123", "run-3", "changed my mind"));
		samples.put("SideEffectRecorded", new HistoryEvent.SideEffectRecorded(Payload.json("42")));
		samples.put("PatchRecorded", new HistoryEvent.PatchRecorded("thank-you-mail"));
		samples.put("UpdateCompleted", new HistoryEvent.UpdateCompleted("update-7", Payload.json("7"), null));
		samples.put("UpdateCompleted-void", new HistoryEvent.UpdateCompleted("update-7", Payload.NULL, null));
		samples.put("UpdateCompleted-failed", new HistoryEvent.UpdateCompleted("update-7", null, APPLICATION));
		samples.put("InputSkipped", new HistoryEvent.InputSkipped(5, "No handler for signal 'hodl'"));
		samples.put("WorkflowCompleted", new HistoryEvent.WorkflowCompleted(Payload.json("\"done\"")));
		samples.put("WorkflowCompleted-void", new HistoryEvent.WorkflowCompleted(Payload.NULL));
		samples.put("WorkflowCompleted-next", new HistoryEvent.WorkflowCompleted(Payload.NULL, "run-2"));
		samples.put("WorkflowFailed-next", new HistoryEvent.WorkflowFailed(new Failure.WorkerLost(null), "run-2"));
		samples.put("WorkflowContinuedAsNew",
				new HistoryEvent.WorkflowContinuedAsNew("run-2", "ProcessOrder", ARGUMENTS));
		samples.put("WorkflowFailed", new HistoryEvent.WorkflowFailed(APPLICATION));
		samples.put("WorkflowCanceled", new HistoryEvent.WorkflowCanceled(new Failure.Canceled(null, null)));
		samples.put("WorkflowCanceled-details",
				new HistoryEvent.WorkflowCanceled(new Failure.Canceled("as asked", Payload.NULL)));
	}

	private static void failures(Map<String, HistoryEvent> samples) {
		samples.put("WorkflowFailed-Application", new HistoryEvent.WorkflowFailed(FULL_APPLICATION));
		samples.put("WorkflowFailed-Timeout", new HistoryEvent.WorkflowFailed(FULL_TIMEOUT));
		samples.put("WorkflowFailed-Canceled",
				new HistoryEvent.WorkflowFailed(new Failure.Canceled("as asked", BINARY)));
		samples.put("WorkflowFailed-Terminated", new HistoryEvent.WorkflowFailed(new Failure.Terminated("by hand")));
		samples.put("WorkflowFailed-WorkerLost", new HistoryEvent.WorkflowFailed(new Failure.WorkerLost("node-7")));
		samples.put("WorkflowFailed-Activity", new HistoryEvent.WorkflowFailed(
				new Failure.Activity("Payments.chargeCard", 2, 3, new Failure.WorkerLost(null))));
		samples.put("WorkflowFailed-Child", new HistoryEvent.WorkflowFailed(
				new Failure.Child("Ship", "ship-123", "run-3", new Failure.Terminated("by hand"))));
	}

	static Map<String, Command> commands() {
		Map<String, Command> samples = new LinkedHashMap<>();
		samples.put("SignalWorkflow", new Command.SignalWorkflow(KEY, "hold", ARGUMENTS, "req-1"));
		samples.put("UpdateWorkflow", new Command.UpdateWorkflow(KEY, "update-7", "add", ARGUMENTS));
		samples.put("RequestCancel", new Command.RequestCancel(KEY, "changed my mind", "req-2"));
		samples.put("RequestCancel-without-reason", new Command.RequestCancel(KEY, null, "req-2"));
		samples.put("ResolveChild", new Command.ResolveChild(KEY,
				new NeighbourAnswer.ChildWorkflowCompleted(3, Payload.json("\"receipt-7\""))));
		samples.put("TerminateWorkflow", new Command.TerminateWorkflow(KEY, "wrong order", "req-3"));
		return samples;
	}

}
