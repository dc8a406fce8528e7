package io.reprise.protocol;

import io.reprise.IdReusePolicy;
import io.reprise.ParentClosePolicy;
import tools.jackson.core.JsonGenerator;

/**
 * What runs ask of each other, as fields of events. Read by {@link EventReader}.
 */
final class NeighbourJson {

	private NeighbourJson() {
	}

	static void write(JsonGenerator gen, NeighbourRequest request) {
		gen.writeNumberProperty("id", request.number());
		if (request instanceof NeighbourRequest.Message message && message.childId() != 0) {
			gen.writeNumberProperty("child", message.childId());
		}
		JsonIo.writeText(gen, "workflow", request.workflowId());
		if (!request.runId().isEmpty()) {
			JsonIo.writeText(gen, "run", request.runId());
		}
		switch (request) {
			case NeighbourRequest.StartChildWorkflowInitiated e -> {
				JsonIo.writeText(gen, "type", e.workflowType());
				JsonIo.writeText(gen, "queue", e.taskQueue());
				PayloadJson.writePresent(gen, "args", e.arguments());
				if (e.parentClosePolicy() != ParentClosePolicy.TERMINATE) {
					gen.writeStringProperty("close", e.parentClosePolicy().name());
				}
				if (e.idReusePolicy() != IdReusePolicy.ALLOW_DUPLICATE) {
					gen.writeStringProperty("reuse", e.idReusePolicy().name());
				}
			}
			case NeighbourRequest.SignalExternalInitiated e -> {
				JsonIo.writeText(gen, "name", e.name());
				PayloadJson.writePresent(gen, "args", e.arguments());
			}
			case NeighbourRequest.CancelExternalInitiated e -> JsonIo.writeText(gen, "reason", e.reason());
		}
	}

	static void write(JsonGenerator gen, NeighbourAnswer answer) {
		gen.writeNumberProperty("id", answer.number());
		switch (answer) {
			case NeighbourAnswer.ChildWorkflowStarted e -> JsonIo.writeText(gen, "run", e.runId());
			case NeighbourAnswer.ChildWorkflowStartFailed e -> FailureJson.write(gen, "failure", e.failure());
			case NeighbourAnswer.ChildWorkflowCompleted e -> PayloadJson.writePresent(gen, "result", e.result());
			case NeighbourAnswer.ChildWorkflowFailed e -> FailureJson.write(gen, "failure", e.failure());
			case NeighbourAnswer.ChildWorkflowCanceled e -> FailureJson.write(gen, "failure", e.failure());
			case NeighbourAnswer.ChildWorkflowTimedOut e -> FailureJson.write(gen, "failure", e.failure());
			case NeighbourAnswer.ChildWorkflowTerminated e -> JsonIo.writeText(gen, "reason", e.reason());
			case NeighbourAnswer.ExternalSignaled e -> {
				// Its number says it all.
			}
			case NeighbourAnswer.SignalExternalFailed e -> FailureJson.write(gen, "failure", e.failure());
			case NeighbourAnswer.ExternalCancelRequested e -> {
				// Its number says it all.
			}
			case NeighbourAnswer.CancelExternalFailed e -> FailureJson.write(gen, "failure", e.failure());
		}
	}

}
