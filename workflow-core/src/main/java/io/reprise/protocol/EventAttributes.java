package io.reprise.protocol;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.reprise.Internal;
import io.reprise.Lifetime;
import io.reprise.RetrySettings;
import org.jspecify.annotations.Nullable;

/**
 * Events for people: what an event says, by the names of its components.
 */
@Internal("clients show histories")
public final class EventAttributes {

	private final Map<String, Object> attributes = new LinkedHashMap<>();

	private EventAttributes() {
	}

	/**
	 * Name of an event's kind.
	 * @param event the event
	 * @return the name, such as {@code ActivityCompleted}
	 */
	public static String kind(HistoryEvent event) {
		return EventKinds.of(event);
	}

	/**
	 * What an event says. Values are texts, numbers, truth values, lists and maps; what
	 * is {@code null} is left out. Times and durations are texts by ISO 8601. A payload
	 * is its JSON text, or a text that says its size and encoding.
	 * @param event the event
	 * @return its attributes in order
	 */
	public static Map<String, Object> of(HistoryEvent event) {
		EventAttributes collector = new EventAttributes();
		switch (event) {
			case HistoryEvent.Input e -> collector.input(e);
			case HistoryEvent.WorkflowTaskCompleted e -> collector.with("seenUpTo", e.seenUpTo())
				.with("time", e.time().toString())
				.with("commandCount", e.commandCount())
				.with("buildId", e.buildId())
				.with("unpatched", e.unpatched())
				.with("updates", e.updates().stream().map(EventAttributes::update).toList());
			case HistoryEvent.CommandEvent e -> collector.commandEvent(e);
			case HistoryEvent.WorkflowTerminated e -> collector.with("reason", e.reason());
			case HistoryEvent.WorkflowTimedOut e ->
				collector.with("failure", failure(e.failure())).with("nextRunId", e.nextRunId());
		}
		return collector.attributes;
	}

	private void input(HistoryEvent.Input input) {
		switch (input) {
			case HistoryEvent.WorkflowStarted e ->
				with("workflowType", e.workflowType()).with("taskQueue", e.taskQueue())
					.with("arguments", text(e.arguments()))
					.with("requestId", e.requestId())
					.terms(e.terms())
					.with("parent", parent(e.parent()));
			case HistoryEvent.WorkflowSignaled e ->
				with("name", e.name()).with("arguments", text(e.arguments())).with("requestId", e.requestId());
			case HistoryEvent.WorkflowCancelRequested e -> with("reason", e.reason()).with("requestId", e.requestId());
			case HistoryEvent.ActivityCompleted e ->
				with("activityId", e.activityId()).with("attempt", e.attempt()).with("result", text(e.result()));
			case HistoryEvent.ActivityFailed e ->
				with("activityId", e.activityId()).with("attempt", e.attempt()).with("failure", failure(e.failure()));
			case HistoryEvent.ActivityTimedOut e ->
				with("activityId", e.activityId()).with("attempt", e.attempt()).with("failure", failure(e.failure()));
			case HistoryEvent.TimerFired e -> with("timerId", e.timerId());
			case NeighbourAnswer e -> answer(e);
			case HistoryEvent.TurnContinued e ->
				with("underWay", e.underWay().stream().map(EventAttributes::attempt).toList());
		}
	}

	private void commandEvent(HistoryEvent.CommandEvent event) {
		switch (event) {
			case HistoryEvent.ActivityScheduled e ->
				with("activityId", e.activityId()).with("activityType", e.activityType())
					.with("arguments", text(e.arguments()))
					.with("policy", policy(e.policy()));
			case HistoryEvent.ActivityCancelRequested e ->
				with("activityId", e.activityId()).with("outcome", e.outcome().name());
			case HistoryEvent.TimerStarted e -> with("timerId", e.timerId()).with("fireAt", e.fireAt().toString());
			case HistoryEvent.TimerCanceled e -> with("timerId", e.timerId()).with("outcome", e.outcome().name());
			case HistoryEvent.LocalActivityEvent e -> localActivity(e);
			case NeighbourRequest e -> request(e);
			case HistoryEvent.SideEffectRecorded e -> with("value", text(e.value()));
			case HistoryEvent.PatchRecorded e -> with("patchId", e.patchId());
			case HistoryEvent.UpdateCompleted e ->
				with("updateId", e.updateId()).with("result", (e.result() != null) ? text(e.result()) : null)
					.with("failure", (e.failure() != null) ? failure(e.failure()) : null);
			case HistoryEvent.InputSkipped e -> with("inputId", e.inputId()).with("reason", e.reason());
			case HistoryEvent.WorkflowCompleted e -> with("result", text(e.result())).with("nextRunId", e.nextRunId());
			case HistoryEvent.WorkflowFailed e ->
				with("failure", failure(e.failure())).with("nextRunId", e.nextRunId());
			case HistoryEvent.WorkflowContinuedAsNew e ->
				with("nextRunId", e.nextRunId()).with("workflowType", e.workflowType())
					.with("arguments", text(e.arguments()));
			case HistoryEvent.WorkflowCanceled e -> with("failure", failure(e.failure()));
		}
	}

	private void request(NeighbourRequest request) {
		switch (request) {
			case NeighbourRequest.StartChildWorkflowInitiated e ->
				with("childId", e.childId()).with("workflowId", e.workflowId())
					.with("runId", e.runId())
					.with("workflowType", e.workflowType())
					.with("taskQueue", e.taskQueue())
					.with("arguments", text(e.arguments()))
					.with("parentClosePolicy", e.parentClosePolicy().name())
					.with("idReusePolicy", e.idReusePolicy().name());
			case NeighbourRequest.SignalExternalInitiated e ->
				message(e).with("name", e.name()).with("arguments", text(e.arguments()));
			case NeighbourRequest.CancelExternalInitiated e -> message(e).with("reason", e.reason());
		}
	}

	private EventAttributes message(NeighbourRequest.Message message) {
		return with("number", message.number()).with("childId", message.childId())
			.with("workflowId", message.workflowId())
			.with("runId", message.runId());
	}

	private void answer(NeighbourAnswer answer) {
		switch (answer) {
			case NeighbourAnswer.ChildWorkflowStarted e -> with("childId", e.childId()).with("runId", e.runId());
			case NeighbourAnswer.ChildWorkflowStartFailed e ->
				with("childId", e.childId()).with("failure", failure(e.failure()));
			case NeighbourAnswer.ChildWorkflowCompleted e ->
				with("childId", e.childId()).with("result", text(e.result()));
			case NeighbourAnswer.ChildWorkflowFailed e ->
				with("childId", e.childId()).with("failure", failure(e.failure()));
			case NeighbourAnswer.ChildWorkflowCanceled e ->
				with("childId", e.childId()).with("failure", failure(e.failure()));
			case NeighbourAnswer.ChildWorkflowTimedOut e ->
				with("childId", e.childId()).with("failure", failure(e.failure()));
			case NeighbourAnswer.ChildWorkflowTerminated e -> with("childId", e.childId()).with("reason", e.reason());
			case NeighbourAnswer.ExternalSignaled e -> with("number", e.number());
			case NeighbourAnswer.SignalExternalFailed e ->
				with("number", e.number()).with("failure", failure(e.failure()));
			case NeighbourAnswer.ExternalCancelRequested e -> with("number", e.number());
			case NeighbourAnswer.CancelExternalFailed e ->
				with("number", e.number()).with("failure", failure(e.failure()));
		}
	}

	private static @Nullable Map<String, Object> parent(@Nullable ParentLink parent) {
		if (parent == null) {
			return null;
		}
		Map<String, Object> link = new LinkedHashMap<>();
		link.put("workflowId", parent.workflowId());
		link.put("runId", parent.runId());
		link.put("childId", parent.childId());
		link.put("rootWorkflowId", parent.rootWorkflowId());
		link.put("rootRunId", parent.rootRunId());
		return link;
	}

	private void localActivity(HistoryEvent.LocalActivityEvent event) {
		with("activityId", event.activityId()).with("activityType", event.activityType());
		switch (event) {
			case HistoryEvent.LocalActivityCompleted e ->
				with("arguments", text(e.arguments())).with("attempt", e.attempt())
					.with("time", e.time().toString())
					.with("result", text(e.result()));
			case HistoryEvent.LocalActivityFailed e ->
				with("arguments", text(e.arguments())).with("attempt", e.attempt())
					.with("time", e.time().toString())
					.with("failure", failure(e.failure()));
			case HistoryEvent.LocalActivityBackedOff e -> with("attempt", e.attempt()).with("time", e.time().toString())
				.with("failure", failure(e.failure()))
				.with("retryAt", e.retryAt().toString());
			case HistoryEvent.LocalActivityCanceled ignored -> {
				// Who it was says it all.
			}
		}
	}

	private EventAttributes terms(@Nullable RunTerms terms) {
		if (terms == null) {
			return this;
		}
		Lifetime lifetime = terms.lifetime();
		with("executionTimeout", string(lifetime.executionTimeout())).with("runTimeout", string(lifetime.runTimeout()))
			.with("retry", (lifetime.retry() != null) ? retry(lifetime.retry()) : null)
			.with("cron", lifetime.cron())
			.with("cronZone", string(lifetime.cronZone()))
			.with("firstTurnAt", string(terms.firstTurnAt()));
		RunChain chain = terms.chain();
		return (chain == null) ? this
				: with("firstRunId", chain.firstRunId()).with("previousRunId", chain.previousRunId())
					.with("attempt", chain.attempt())
					.with("deadline", string(chain.deadline()))
					.with("lastResult", text(chain.lastResult()));
	}

	private static Map<String, Object> retry(RetrySettings retry) {
		return new EventAttributes().with("maximumAttempts", retry.maximumAttempts())
			.with("initialInterval", string(retry.initialInterval()))
			.with("backoffCoefficient", retry.backoffCoefficient())
			.with("maximumInterval", string(retry.maximumInterval()))
			.with("nonRetryable", retry.nonRetryable()).attributes;
	}

	private static Map<String, Object> attempt(LocalAttempt attempt) {
		return new EventAttributes().with("activityId", attempt.activityId())
			.with("activityType", attempt.activityType())
			.with("attempt", attempt.attempt()).attributes;
	}

	private static Map<String, Object> update(UpdateRequest update) {
		return new EventAttributes().with("updateId", update.updateId())
			.with("name", update.name())
			.with("arguments", text(update.arguments())).attributes;
	}

	private static Map<String, Object> policy(ActivityPolicy policy) {
		return new EventAttributes().with("startToClose", string(policy.startToClose()))
			.with("scheduleToClose", string(policy.scheduleToClose()))
			.with("scheduleToStart", string(policy.scheduleToStart()))
			.with("heartbeat", string(policy.heartbeat()))
			.with("maximumAttempts", policy.maximumAttempts())
			.with("initialInterval", string(policy.initialInterval()))
			.with("backoffCoefficient", policy.backoffCoefficient())
			.with("maximumInterval", string(policy.maximumInterval()))
			.with("nonRetryable", policy.nonRetryable()).attributes;
	}

	/**
	 * What a failure says, by the names of its components.
	 * @param failure the failure
	 * @return its attributes in order; {@code kind} first
	 */
	public static Map<String, Object> failure(Failure failure) {
		EventAttributes collector = new EventAttributes().with("kind", FailureJson.kind(failure));
		if (failure instanceof Failure.Activity f) {
			collector.with("activityType", f.activityType())
				.with("activityId", f.activityId())
				.with("attempts", f.attempts());
		}
		if (failure instanceof Failure.Application f) {
			collector.with("type", f.type());
		}
		collector.with("message", failure.message());
		switch (failure) {
			case Failure.Application f -> collector.with("nonRetryable", f.nonRetryable())
				.with("nextRetryDelay", string(f.nextRetryDelay()))
				.with("details", text(f.details()))
				.with("stackTrace", f.stackTrace());
			case Failure.Timeout f ->
				collector.with("timeoutType", f.timeoutType().name()).with("lastHeartbeat", text(f.lastHeartbeat()));
			case Failure.Canceled f -> collector.with("details", text(f.details()));
			case Failure.Activity f -> {
			}
			case Failure.Child f -> collector.with("workflowType", f.workflowType())
				.with("workflowId", f.workflowId())
				.with("runId", f.runId());
			case Failure.Terminated f -> {
			}
			case Failure.WorkerLost f -> {
			}
		}
		Failure cause = failure.cause();
		return collector.with("cause", (cause != null) ? failure(cause) : null).attributes;
	}

	private EventAttributes with(String name, @Nullable Object value) {
		if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
			attributes.put(name, value);
		}
		return this;
	}

	private static @Nullable String string(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

	private static @Nullable String text(@Nullable Payload payload) {
		if (payload == null) {
			return null;
		}
		if (payload.isNull()) {
			return "null";
		}
		if (payload.encoding().equals(Payload.JSON)) {
			return new String(payload.data(), StandardCharsets.UTF_8);
		}
		return "<%d bytes of %s>".formatted(payload.size(), payload.encoding());
	}

}
