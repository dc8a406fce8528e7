package io.reprise.protocol;

import tools.jackson.core.JsonGenerator;

/**
 * Writes events; the counterpart of {@link EventReader}.
 */
final class EventWriter {

	private final JsonGenerator gen;

	EventWriter(JsonGenerator gen) {
		this.gen = gen;
	}

	void write(HistoryEvent event) {
		gen.writeStartObject();
		gen.writeStringProperty("k", EventKinds.of(event));
		switch (event) {
			case HistoryEvent.Input e -> input(e);
			case HistoryEvent.WorkflowTaskCompleted e -> marker(e);
			case HistoryEvent.CommandEvent e -> commandEvent(e);
			case HistoryEvent.WorkflowTerminated e -> JsonIo.writeText(gen, "reason", e.reason());
			case HistoryEvent.WorkflowTimedOut e -> {
				FailureJson.write(gen, "failure", e.failure());
				JsonIo.writeText(gen, "next", e.nextRunId());
			}
		}
		gen.writeEndObject();
	}

	private void input(HistoryEvent.Input input) {
		switch (input) {
			case HistoryEvent.WorkflowStarted e -> {
				JsonIo.writeText(gen, "type", e.workflowType());
				JsonIo.writeText(gen, "queue", e.taskQueue());
				PayloadJson.writePresent(gen, "args", e.arguments());
				JsonIo.writeText(gen, "req", e.requestId());
				TermsJson.write(gen, "terms", e.terms());
				ParentLinkJson.write(gen, "parent", e.parent());
			}
			case HistoryEvent.WorkflowSignaled e -> {
				JsonIo.writeText(gen, "name", e.name());
				PayloadJson.writePresent(gen, "args", e.arguments());
				JsonIo.writeText(gen, "req", e.requestId());
			}
			case HistoryEvent.WorkflowCancelRequested e -> {
				JsonIo.writeText(gen, "reason", e.reason());
				JsonIo.writeText(gen, "req", e.requestId());
			}
			case HistoryEvent.ActivityCompleted e -> {
				attempt(e.activityId(), e.attempt());
				PayloadJson.writePresent(gen, "result", e.result());
			}
			case HistoryEvent.ActivityFailed e -> {
				attempt(e.activityId(), e.attempt());
				FailureJson.write(gen, "failure", e.failure());
			}
			case HistoryEvent.ActivityTimedOut e -> {
				attempt(e.activityId(), e.attempt());
				FailureJson.write(gen, "failure", e.failure());
			}
			case HistoryEvent.TimerFired e -> gen.writeNumberProperty("id", e.timerId());
			case NeighbourAnswer e -> NeighbourJson.write(gen, e);
			case HistoryEvent.TurnContinued e -> LocalAttemptJson.write(gen, "local", e.underWay());
		}
	}

	private void attempt(int activityId, int attempt) {
		gen.writeNumberProperty("id", activityId);
		if (attempt != 1) {
			gen.writeNumberProperty("attempt", attempt);
		}
	}

	private void marker(HistoryEvent.WorkflowTaskCompleted marker) {
		gen.writeNumberProperty("seen", marker.seenUpTo());
		gen.writeNumberProperty("time", JsonIo.micros(marker.time()));
		if (marker.commandCount() != 0) {
			gen.writeNumberProperty("cmds", marker.commandCount());
		}
		JsonIo.writeText(gen, "build", marker.buildId());
		JsonIo.writeTexts(gen, "unpatched", marker.unpatched());
		UpdateRequestJson.write(gen, "updates", marker.updates());
	}

	private void commandEvent(HistoryEvent.CommandEvent event) {
		switch (event) {
			case HistoryEvent.ActivityScheduled e -> {
				gen.writeNumberProperty("id", e.activityId());
				JsonIo.writeText(gen, "type", e.activityType());
				PayloadJson.writePresent(gen, "args", e.arguments());
				PolicyJson.write(gen, "policy", e.policy());
			}
			case HistoryEvent.ActivityCancelRequested e -> {
				gen.writeNumberProperty("id", e.activityId());
				outcome(e.outcome());
			}
			case HistoryEvent.TimerStarted e -> {
				gen.writeNumberProperty("id", e.timerId());
				// Up, because a timer never fires early.
				gen.writeNumberProperty("at", JsonIo.microsUp(e.fireAt()));
			}
			case HistoryEvent.TimerCanceled e -> {
				gen.writeNumberProperty("id", e.timerId());
				outcome(e.outcome());
			}
			case HistoryEvent.LocalActivityEvent e -> localActivity(e);
			case NeighbourRequest e -> NeighbourJson.write(gen, e);
			case HistoryEvent.SideEffectRecorded e -> PayloadJson.writePresent(gen, "value", e.value());
			case HistoryEvent.PatchRecorded e -> JsonIo.writeText(gen, "patch", e.patchId());
			case HistoryEvent.UpdateCompleted e -> {
				JsonIo.writeText(gen, "update", e.updateId());
				if (e.result() != null) {
					PayloadJson.writePresent(gen, "result", e.result());
				}
				FailureJson.write(gen, "failure", e.failure());
			}
			case HistoryEvent.InputSkipped e -> {
				gen.writeNumberProperty("input", e.inputId());
				JsonIo.writeText(gen, "reason", e.reason());
			}
			case HistoryEvent.WorkflowCompleted e -> {
				PayloadJson.writePresent(gen, "result", e.result());
				JsonIo.writeText(gen, "next", e.nextRunId());
			}
			case HistoryEvent.WorkflowFailed e -> {
				FailureJson.write(gen, "failure", e.failure());
				JsonIo.writeText(gen, "next", e.nextRunId());
			}
			case HistoryEvent.WorkflowContinuedAsNew e -> {
				JsonIo.writeText(gen, "next", e.nextRunId());
				JsonIo.writeText(gen, "type", e.workflowType());
				PayloadJson.writePresent(gen, "args", e.arguments());
			}
			case HistoryEvent.WorkflowCanceled e -> FailureJson.write(gen, "failure", e.failure());
		}
	}

	private void localActivity(HistoryEvent.LocalActivityEvent event) {
		gen.writeNumberProperty("id", event.activityId());
		JsonIo.writeText(gen, "type", event.activityType());
		switch (event) {
			case HistoryEvent.LocalActivityCompleted e -> {
				PayloadJson.writePresent(gen, "args", e.arguments());
				localAttempt(e.attempt(), e);
				PayloadJson.writePresent(gen, "result", e.result());
			}
			case HistoryEvent.LocalActivityFailed e -> {
				PayloadJson.writePresent(gen, "args", e.arguments());
				localAttempt(e.attempt(), e);
				FailureJson.write(gen, "failure", e.failure());
			}
			case HistoryEvent.LocalActivityBackedOff e -> {
				localAttempt(e.attempt(), e);
				FailureJson.write(gen, "failure", e.failure());
				gen.writeNumberProperty("at", JsonIo.microsUp(e.retryAt()));
			}
			case HistoryEvent.LocalActivityCanceled ignored -> {
				// Who it was says it all.
			}
		}
	}

	private void localAttempt(int attempt, HistoryEvent.LocalActivityOutcome outcome) {
		if (attempt != 1) {
			gen.writeNumberProperty("attempt", attempt);
		}
		gen.writeNumberProperty("time", JsonIo.micros(outcome.time()));
	}

	private void outcome(RaceOutcome outcome) {
		if (outcome != RaceOutcome.APPLIED) {
			gen.writeStringProperty("outcome", outcome.name());
		}
	}

}
