package io.reprise.protocol;

import java.time.Instant;
import java.util.List;

import io.reprise.IdReusePolicy;
import io.reprise.ParentClosePolicy;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Reads one event: collects its fields, then makes it. A field's name has the same type
 * in all kinds of events; keep it so when adding one.
 */
final class EventReader {

	private static final long MISSING = Long.MIN_VALUE;

	private long id = MISSING;

	private int attempt = 1;

	private long seen = MISSING;

	private long input = MISSING;

	private int commands;

	private @Nullable Instant time;

	private @Nullable Instant at;

	private @Nullable String type;

	private @Nullable String queue;

	private @Nullable String name;

	private @Nullable String request;

	private @Nullable String reason;

	private @Nullable String build;

	private @Nullable String patch;

	private @Nullable String next;

	private @Nullable RunTerms terms;

	private @Nullable String update;

	private List<String> unpatched = List.of();

	private List<UpdateRequest> updates = List.of();

	private Payload arguments = Payload.NULL;

	private Payload value = Payload.NULL;

	private List<LocalAttempt> local = List.of();

	private ActivityPolicy policy = PolicyJson.absent();

	private RaceOutcome outcome = RaceOutcome.APPLIED;

	private @Nullable Failure failure;

	private int child;

	private @Nullable String workflow;

	private String run = "";

	private ParentClosePolicy close = ParentClosePolicy.TERMINATE;

	private IdReusePolicy reuse = IdReusePolicy.ALLOW_DUPLICATE;

	private @Nullable ParentLink parent;

	private EventReader() {
	}

	static HistoryEvent read(JsonParser p) {
		JsonIo.expectObject(p, "event");
		String kind = JsonIo.expectKind(p);
		EventReader reader = new EventReader();
		for (String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			reader.field(p, name);
		}
		return reader.build(kind);
	}

	private void field(JsonParser p, String field) {
		switch (field) {
			case "id" -> id = JsonIo.int32(p, field);
			case "attempt" -> attempt = JsonIo.int32(p, field);
			case "seen" -> seen = JsonIo.integer(p, field);
			case "input" -> input = JsonIo.integer(p, field);
			case "cmds" -> commands = JsonIo.int32(p, field);
			case "time" -> time = JsonIo.instant(JsonIo.integer(p, field));
			case "at" -> at = JsonIo.instant(JsonIo.integer(p, field));
			case "type" -> type = JsonIo.text(p, field);
			case "queue" -> queue = JsonIo.text(p, field);
			case "name" -> name = JsonIo.text(p, field);
			case "req" -> request = JsonIo.text(p, field);
			case "reason" -> reason = JsonIo.text(p, field);
			case "build" -> build = JsonIo.text(p, field);
			case "patch" -> patch = JsonIo.text(p, field);
			case "next" -> next = JsonIo.text(p, field);
			case "terms" -> terms = TermsJson.read(p);
			case "unpatched" -> unpatched = JsonIo.texts(p, field);
			case "update" -> update = JsonIo.text(p, field);
			case "updates" -> updates = UpdateRequestJson.read(p, field);
			case "args" -> arguments = PayloadJson.read(p);
			// No kind has two of them.
			case "result", "value" -> value = PayloadJson.read(p);
			case "local" -> local = LocalAttemptJson.read(p, field);
			case "policy" -> policy = PolicyJson.read(p);
			case "outcome" -> outcome = JsonIo.constant(p, field, RaceOutcome.class);
			case "failure" -> failure = FailureJson.read(p);
			case "child" -> child = JsonIo.int32(p, field);
			case "workflow" -> workflow = JsonIo.text(p, field);
			case "run" -> run = JsonIo.require(JsonIo.text(p, field), field);
			case "close" -> close = JsonIo.constant(p, field, ParentClosePolicy.class);
			case "reuse" -> reuse = JsonIo.constant(p, field, IdReusePolicy.class);
			case "parent" -> parent = ParentLinkJson.read(p, field);
			default -> p.skipChildren();
		}
	}

	private HistoryEvent build(String kind) {
		return switch (kind) {
			case EventKinds.WORKFLOW_STARTED -> new HistoryEvent.WorkflowStarted(JsonIo.require(type, "type"),
					JsonIo.require(queue, "queue"), arguments, request(), terms, parent);
			case EventKinds.WORKFLOW_SIGNALED ->
				new HistoryEvent.WorkflowSignaled(JsonIo.require(name, "name"), arguments, request());
			case EventKinds.WORKFLOW_CANCEL_REQUESTED -> new HistoryEvent.WorkflowCancelRequested(reason, request());
			case EventKinds.ACTIVITY_COMPLETED -> new HistoryEvent.ActivityCompleted(id(), attempt, value);
			case EventKinds.ACTIVITY_FAILED -> new HistoryEvent.ActivityFailed(id(), attempt, failure());
			case EventKinds.ACTIVITY_TIMED_OUT ->
				new HistoryEvent.ActivityTimedOut(id(), attempt, failure(Failure.Timeout.class));
			case EventKinds.TIMER_FIRED -> new HistoryEvent.TimerFired(id());
			case EventKinds.TURN_CONTINUED -> new HistoryEvent.TurnContinued(local);
			case EventKinds.WORKFLOW_TASK_COMPLETED -> new HistoryEvent.WorkflowTaskCompleted(present(seen, "seen"),
					JsonIo.require(time, "time"), commands, JsonIo.require(build, "build"), unpatched, updates);
			case EventKinds.WORKFLOW_TERMINATED -> new HistoryEvent.WorkflowTerminated(reason());
			case EventKinds.WORKFLOW_TIMED_OUT ->
				new HistoryEvent.WorkflowTimedOut(failure(Failure.Timeout.class), next);
			case EventKinds.CHILD_WORKFLOW_STARTED -> new NeighbourAnswer.ChildWorkflowStarted(id(), run);
			case EventKinds.CHILD_WORKFLOW_START_FAILED ->
				new NeighbourAnswer.ChildWorkflowStartFailed(id(), failure());
			case EventKinds.CHILD_WORKFLOW_COMPLETED -> new NeighbourAnswer.ChildWorkflowCompleted(id(), value);
			case EventKinds.CHILD_WORKFLOW_FAILED -> new NeighbourAnswer.ChildWorkflowFailed(id(), failure());
			case EventKinds.CHILD_WORKFLOW_CANCELED ->
				new NeighbourAnswer.ChildWorkflowCanceled(id(), failure(Failure.Canceled.class));
			case EventKinds.CHILD_WORKFLOW_TIMED_OUT ->
				new NeighbourAnswer.ChildWorkflowTimedOut(id(), failure(Failure.Timeout.class));
			case EventKinds.CHILD_WORKFLOW_TERMINATED -> new NeighbourAnswer.ChildWorkflowTerminated(id(), reason());
			case EventKinds.EXTERNAL_SIGNALED -> new NeighbourAnswer.ExternalSignaled(id());
			case EventKinds.SIGNAL_EXTERNAL_FAILED -> new NeighbourAnswer.SignalExternalFailed(id(), failure());
			case EventKinds.EXTERNAL_CANCEL_REQUESTED -> new NeighbourAnswer.ExternalCancelRequested(id());
			case EventKinds.CANCEL_EXTERNAL_FAILED -> new NeighbourAnswer.CancelExternalFailed(id(), failure());
			default -> buildCommandEvent(kind);
		};
	}

	private HistoryEvent.CommandEvent buildCommandEvent(String kind) {
		return switch (kind) {
			case EventKinds.ACTIVITY_SCHEDULED ->
				new HistoryEvent.ActivityScheduled(id(), JsonIo.require(type, "type"), arguments, policy);
			case EventKinds.ACTIVITY_CANCEL_REQUESTED -> new HistoryEvent.ActivityCancelRequested(id(), outcome);
			case EventKinds.TIMER_STARTED -> new HistoryEvent.TimerStarted(id(), JsonIo.require(at, "at"));
			case EventKinds.TIMER_CANCELED -> new HistoryEvent.TimerCanceled(id(), outcome);
			case EventKinds.SIDE_EFFECT_RECORDED -> new HistoryEvent.SideEffectRecorded(value);
			case EventKinds.PATCH_RECORDED -> new HistoryEvent.PatchRecorded(JsonIo.require(patch, "patch"));
			case EventKinds.UPDATE_COMPLETED -> new HistoryEvent.UpdateCompleted(JsonIo.require(update, "update"),
					(failure != null) ? null : value, failure);
			case EventKinds.INPUT_SKIPPED -> new HistoryEvent.InputSkipped(present(input, "input"), reason());
			case EventKinds.WORKFLOW_COMPLETED -> new HistoryEvent.WorkflowCompleted(value, next);
			case EventKinds.WORKFLOW_FAILED -> new HistoryEvent.WorkflowFailed(failure(), next);
			case EventKinds.WORKFLOW_CONTINUED_AS_NEW ->
				new HistoryEvent.WorkflowContinuedAsNew(JsonIo.require(next, "next"), type(), arguments);
			case EventKinds.WORKFLOW_CANCELED -> new HistoryEvent.WorkflowCanceled(failure(Failure.Canceled.class));
			case EventKinds.START_CHILD_WORKFLOW_INITIATED -> new NeighbourRequest.StartChildWorkflowInitiated(id(),
					workflow(), run, type(), JsonIo.require(queue, "queue"), arguments, close, reuse);
			case EventKinds.SIGNAL_EXTERNAL_INITIATED -> new NeighbourRequest.SignalExternalInitiated(id(), child,
					workflow(), run, JsonIo.require(name, "name"), arguments);
			case EventKinds.CANCEL_EXTERNAL_INITIATED ->
				new NeighbourRequest.CancelExternalInitiated(id(), child, workflow(), run, reason);
			default -> buildLocalActivityEvent(kind);
		};
	}

	private HistoryEvent.LocalActivityEvent buildLocalActivityEvent(String kind) {
		return switch (kind) {
			case EventKinds.LOCAL_ACTIVITY_COMPLETED ->
				new HistoryEvent.LocalActivityCompleted(id(), type(), arguments, attempt, time(), value);
			case EventKinds.LOCAL_ACTIVITY_FAILED ->
				new HistoryEvent.LocalActivityFailed(id(), type(), arguments, attempt, time(), failure());
			case EventKinds.LOCAL_ACTIVITY_BACKED_OFF -> new HistoryEvent.LocalActivityBackedOff(id(), type(), attempt,
					time(), failure(), JsonIo.require(at, "at"));
			case EventKinds.LOCAL_ACTIVITY_CANCELED -> new HistoryEvent.LocalActivityCanceled(id(), type());
			default ->
				throw JsonIo.newer("it holds an event of the unknown kind '%s'".formatted(TextRules.excerpt(kind)));
		};
	}

	private int id() {
		return (int) present(id, "id");
	}

	private String type() {
		return JsonIo.require(type, "type");
	}

	private String workflow() {
		return JsonIo.require(workflow, "workflow");
	}

	private Instant time() {
		return JsonIo.require(time, "time");
	}

	private String request() {
		return JsonIo.require(request, "req");
	}

	private String reason() {
		return JsonIo.require(reason, "reason");
	}

	private Failure failure() {
		return JsonIo.require(failure, "failure");
	}

	private <F extends Failure> F failure(Class<F> type) {
		if (!type.isInstance(failure())) {
			throw JsonIo.corrupt("'failure' is no " + type.getSimpleName());
		}
		return type.cast(failure());
	}

	private static long present(long value, String field) {
		if (value == MISSING) {
			throw JsonIo.corrupt("'%s' is missing".formatted(field));
		}
		return value;
	}

}
