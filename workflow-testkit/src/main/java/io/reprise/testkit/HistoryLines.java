package io.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.reprise.HistoryEntry;
import io.reprise.WorkflowDescription;
import org.jspecify.annotations.Nullable;

/**
 * A history for the eyes of a developer: an event a line, with what it concerns.
 */
final class HistoryLines {

	private static final int MAX_DETAIL = 100;

	private static final String ACTIVITY_ID = "activityId";

	private final List<HistoryEntry> events;

	/** Outcomes of activities say their number only. */
	private final Map<Object, String> activityTypes = new HashMap<>();

	HistoryLines(List<HistoryEntry> events) {
		this.events = events;
		for (HistoryEntry event : events) {
			if (event.attributes().get("activityType") instanceof String type) {
				activityTypes.put(event.attributes().getOrDefault(ACTIVITY_ID, ""), type);
			}
		}
	}

	List<HistoryEntry> events() {
		return events;
	}

	/**
	 * What an event concerns: the type of the activity or of the workflow, the name of
	 * the signal or the patch.
	 * @param event the event
	 * @return the name, or {@code null} if it concerns nothing that has one
	 */
	@Nullable String subject(HistoryEntry event) {
		Map<String, Object> attributes = event.attributes();
		for (String name : List.of("activityType", "workflowType", "name", "patchId")) {
			if (attributes.get(name) instanceof String subject) {
				return subject;
			}
		}
		return activityTypes.get(attributes.getOrDefault(ACTIVITY_ID, ""));
	}

	/**
	 * Kind and subject of an event.
	 * @param event the event
	 * @return such as {@code ActivityCompleted Payments.charge}
	 */
	String label(HistoryEntry event) {
		String subject = subject(event);
		return (subject != null) ? event.type() + " " + subject : event.type();
	}

	/**
	 * Whether an event is meant by a text that a test wrote.
	 * @param event the event
	 * @param text its kind, or kind and subject
	 * @return {@code true} if so
	 */
	boolean isMeantBy(HistoryEntry event, String text) {
		return text.equals(event.type()) || text.equals(label(event));
	}

	/**
	 * The whole history.
	 * @param description of the run
	 * @return a text of some lines, each with a line break at its end
	 */
	String print(WorkflowDescription description) {
		StringBuilder text = new StringBuilder("workflow '%s' (run %s) of type %s: %s, %d events%n".formatted(
				description.workflowId(), description.runId(), description.summary().workflowType(),
				description.status(), events.size()));
		WorkflowDescription.Stall stall = description.stall();
		if (stall != null) {
			text.append("  stalled [%s]: %s%n".formatted(stall.code(), stall.message()));
		}
		for (HistoryEntry event : events) {
			text.append("%5d  %-14s %s%s%n".formatted(event.id(), since(event.time()), label(event), detail(event)));
		}
		return text.toString();
	}

	private String since(Instant time) {
		Duration passed = Duration.between(events.getFirst().time(), time);
		return passed.isZero() ? "start" : "+" + passed.toString().substring(1);
	}

	private static String detail(HistoryEntry event) {
		Map<String, Object> attributes = event.attributes();
		StringBuilder detail = new StringBuilder();
		for (String name : List.of(ACTIVITY_ID, "timerId", "arguments", "result", "value", "fireAt", "attempt",
				"outcome", "reason")) {
			Object value = attributes.get(name);
			if (value != null) {
				detail.append(detail.isEmpty() ? "" : ", ").append(name).append(' ').append(cut(value.toString()));
			}
		}
		if (attributes.get("failure") instanceof Map<?, ?> failure) {
			detail.append(detail.isEmpty() ? "" : ", ").append(failure(failure));
		}
		return detail.isEmpty() ? "" : " (" + detail + ")";
	}

	/**
	 * A failure in a line, its causes included.
	 * @param failure as a history's attributes have it
	 * @return the line
	 */
	static String failure(Map<?, ?> failure) {
		Object type = Objects.requireNonNullElse((Object) failure.get("type"), failure.get("kind"));
		Object message = failure.get("message");
		String text = type + ((message != null) ? ": " + cut(message.toString()) : "");
		return (failure.get("cause") instanceof Map<?, ?> cause) ? text + ", caused by " + failure(cause) : text;
	}

	private static String cut(String text) {
		return (text.length() > MAX_DETAIL) ? text.substring(0, MAX_DETAIL) + "..." : text;
	}

}
