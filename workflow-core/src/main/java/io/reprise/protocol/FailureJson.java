package io.reprise.protocol;

import java.time.Duration;

import io.reprise.Internal;
import io.reprise.TimeoutType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * Failures as JSON: an object with its kind first and the cause nested.
 */
@Internal("the kernel stores its state by the same rules")
public final class FailureJson {

	/**
	 * Causes below this depth are dropped: JSON is not nested without limit, and a
	 * failure must always be writable.
	 */
	static final int MAX_DEPTH = 100;

	private FailureJson() {
	}

	/**
	 * Writes a failure under a name, or nothing for {@code null}.
	 * @param gen where to
	 * @param name the name
	 * @param failure the failure, or {@code null}
	 */
	public static void write(JsonGenerator gen, String name, @Nullable Failure failure) {
		if (failure != null) {
			gen.writeName(name);
			write(gen, failure, 1);
		}
	}

	/**
	 * Writes a failure as a value.
	 * @param gen where to
	 * @param failure the failure
	 */
	public static void write(JsonGenerator gen, Failure failure) {
		write(gen, failure, 1);
	}

	private static void write(JsonGenerator gen, Failure failure, int depth) {
		gen.writeStartObject();
		gen.writeStringProperty("k", kind(failure));
		JsonIo.writeText(gen, "message", failure.message());
		switch (failure) {
			case Failure.Application f -> writeApplication(gen, f);
			case Failure.Timeout f -> {
				gen.writeStringProperty("timeout", f.timeoutType().name());
				PayloadJson.write(gen, "heartbeat", f.lastHeartbeat());
			}
			case Failure.Canceled f -> PayloadJson.write(gen, "details", f.details());
			case Failure.Activity f -> {
				JsonIo.writeText(gen, "type", f.activityType());
				gen.writeNumberProperty("id", f.activityId());
				gen.writeNumberProperty("attempts", f.attempts());
			}
			case Failure.Child f -> {
				JsonIo.writeText(gen, "type", f.workflowType());
				JsonIo.writeText(gen, "workflow", f.workflowId());
				JsonIo.writeText(gen, "run", f.runId());
			}
			case Failure.Terminated f -> {
			}
			case Failure.WorkerLost f -> {
			}
		}
		Failure cause = failure.cause();
		if (cause != null && depth < MAX_DEPTH) {
			gen.writeName("cause");
			write(gen, cause, depth + 1);
		}
		gen.writeEndObject();
	}

	private static void writeApplication(JsonGenerator gen, Failure.Application failure) {
		JsonIo.writeText(gen, "type", failure.type());
		JsonIo.writeText(gen, "stack", failure.stackTrace());
		if (failure.nonRetryable()) {
			gen.writeBooleanProperty("nonRetryable", true);
		}
		if (failure.nextRetryDelay() != null) {
			gen.writeNumberProperty("retryDelay", JsonIo.micros(failure.nextRetryDelay()));
		}
		PayloadJson.write(gen, "details", failure.details());
	}

	/** Stored; never changes. */
	static String kind(Failure failure) {
		return switch (failure) {
			case Failure.Application f -> "Application";
			case Failure.Timeout f -> "Timeout";
			case Failure.Canceled f -> "Canceled";
			case Failure.Terminated f -> "Terminated";
			case Failure.WorkerLost f -> "WorkerLost";
			case Failure.Activity f -> "Activity";
			case Failure.Child f -> "Child";
		};
	}

	/**
	 * Reads a failure.
	 * @param p a parser on its value
	 * @return the failure
	 */
	public static Failure read(JsonParser p) {
		JsonIo.expectObject(p, "failure");
		String kind = JsonIo.expectKind(p);
		Fields fields = new Fields();
		for (String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			fields.read(p, name);
		}
		return fields.build(kind);
	}

	/**
	 * The fields of all kinds. A name means the same in each.
	 */
	private static final class Fields {

		private @Nullable String message;

		private @Nullable String type;

		private @Nullable String stack;

		private boolean nonRetryable;

		private @Nullable Duration retryDelay;

		private @Nullable Payload details;

		private @Nullable TimeoutType timeout;

		private @Nullable Payload heartbeat;

		private @Nullable Integer id;

		private @Nullable Integer attempts;

		private @Nullable String workflow;

		private @Nullable String run;

		private @Nullable Failure cause;

		private void read(JsonParser p, String name) {
			switch (name) {
				case "message" -> message = JsonIo.text(p, name);
				case "type" -> type = JsonIo.text(p, name);
				case "stack" -> stack = JsonIo.text(p, name);
				case "nonRetryable" -> nonRetryable = JsonIo.bool(p, name);
				case "retryDelay" -> retryDelay = JsonIo.duration(JsonIo.integer(p, name));
				case "details" -> details = PayloadJson.read(p);
				case "timeout" -> timeout = JsonIo.constant(p, name, TimeoutType.class);
				case "heartbeat" -> heartbeat = PayloadJson.read(p);
				case "id" -> id = JsonIo.int32(p, name);
				case "attempts" -> attempts = JsonIo.int32(p, name);
				case "workflow" -> workflow = JsonIo.text(p, name);
				case "run" -> run = JsonIo.text(p, name);
				case "cause" -> cause = FailureJson.read(p);
				default -> p.skipChildren();
			}
		}

		private Failure build(String kind) {
			return switch (kind) {
				case "Application" -> new Failure.Application(JsonIo.require(type, "type"), message, stack,
						nonRetryable, retryDelay, details, cause);
				case "Timeout" -> new Failure.Timeout(JsonIo.require(timeout, "timeout"), message, heartbeat, cause);
				case "Canceled" -> new Failure.Canceled(message, details);
				case "Terminated" -> new Failure.Terminated(message);
				case "WorkerLost" -> new Failure.WorkerLost(message);
				case "Activity" -> new Failure.Activity(JsonIo.require(type, "type"), JsonIo.require(id, "id"),
						JsonIo.require(attempts, "attempts"), cause);
				case "Child" -> new Failure.Child(JsonIo.require(type, "type"), JsonIo.require(workflow, "workflow"),
						JsonIo.require(run, "run"), cause);
				default -> throw JsonIo
					.newer("it holds a failure of the unknown kind '%s'".formatted(TextRules.excerpt(kind)));
			};
		}

	}

}
