package io.reprise.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.kernel.RunOverlay.Attempt;
import io.reprise.kernel.RunOverlay.Rejection;
import io.reprise.kernel.RunOverlay.Stall;
import io.reprise.protocol.Failure;
import io.reprise.protocol.FailureJson;
import io.reprise.protocol.JsonIo;
import io.reprise.protocol.Payload;
import io.reprise.protocol.PayloadJson;
import io.reprise.protocol.UpdateRejection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * An overlay as JSON. Readers skip fields that they do not know and refuse newer
 * versions.
 */
public final class OverlayJson {

	private static final int VERSION = 1;

	private OverlayJson() {
	}

	/**
	 * Writes an overlay.
	 * @param overlay the overlay
	 * @return its bytes, UTF-8; {@code null} if there is nothing to keep
	 */
	public static byte @Nullable [] write(RunOverlay overlay) {
		boolean empty = overlay.stall() == null && !overlay.isDelayed() && overlay.rejections().isEmpty()
				&& overlay.done().isEmpty()
				&& overlay.attempts().values().stream().noneMatch(OverlayJson::isWorthKeeping);
		return empty ? null : JsonIo.write(gen -> write(gen, overlay));
	}

	/**
	 * Reads an overlay.
	 * @param bytes its bytes, or {@code null} if nothing was kept
	 * @return the overlay
	 * @throws WorkflowException with {@link ErrorCode#UNREADABLE_HISTORY} if the bytes
	 * are broken or a newer version wrote them
	 */
	public static RunOverlay read(byte @Nullable [] bytes) {
		return (bytes != null) ? JsonIo.read("attempts of a run", bytes, OverlayJson::read) : RunOverlay.EMPTY;
	}

	private static boolean isWorthKeeping(Attempt attempt) {
		return !attempt.equals(Attempt.FIRST);
	}

	private static void write(JsonGenerator gen, RunOverlay overlay) {
		gen.writeStartObject();
		gen.writeNumberProperty("v", VERSION);
		gen.writeArrayPropertyStart("attempts");
		for (Map.Entry<Integer, Attempt> entry : overlay.attempts().entrySet()) {
			if (isWorthKeeping(entry.getValue())) {
				write(gen, entry.getKey(), entry.getValue());
			}
		}
		gen.writeEndArray();
		if (overlay.stall() != null) {
			gen.writeName("stall");
			write(gen, overlay.stall());
		}
		writeTime(gen, "delayed", overlay.delayedUntil());
		writeRejections(gen, overlay.rejections());
		if (!overlay.done().isEmpty()) {
			gen.writeArrayPropertyStart("done");
			overlay.done().forEach(gen::writeNumber);
			gen.writeEndArray();
		}
		gen.writeEndObject();
	}

	private static void write(JsonGenerator gen, int activityId, Attempt attempt) {
		gen.writeStartObject();
		gen.writeNumberProperty("id", activityId);
		gen.writeNumberProperty("n", attempt.attempt());
		writeTime(gen, "due", attempt.nextDue());
		writeTime(gen, "since", attempt.waitingSince());
		FailureJson.write(gen, "failure", attempt.lastFailure());
		PayloadJson.write(gen, "heartbeat", attempt.lastHeartbeat());
		if (attempt.started()) {
			gen.writeBooleanProperty("started", true);
		}
		gen.writeEndObject();
	}

	private static void write(JsonGenerator gen, Stall stall) {
		gen.writeStartObject();
		gen.writeStringProperty("code", stall.code().name());
		JsonIo.writeText(gen, "message", stall.message());
		writeTime(gen, "since", stall.since());
		gen.writeNumberProperty("n", stall.attempts());
		JsonIo.writeText(gen, "build", stall.buildId());
		if (stall.elsewhere()) {
			gen.writeBooleanProperty("elsewhere", true);
		}
		writeTime(gen, "due", stall.nextDue());
		gen.writeEndObject();
	}

	private static void writeRejections(JsonGenerator gen, List<Rejection> rejections) {
		if (rejections.isEmpty()) {
			return;
		}
		gen.writeArrayPropertyStart("rejected");
		for (Rejection rejected : rejections) {
			UpdateRejection rejection = rejected.rejection();
			gen.writeStartObject();
			JsonIo.writeText(gen, "update", rejection.updateId());
			writeTime(gen, "t", rejected.time());
			gen.writeStringProperty("code", rejection.code().name());
			JsonIo.writeText(gen, "message", rejection.message());
			FailureJson.write(gen, "failure", rejection.failure());
			gen.writeEndObject();
		}
		gen.writeEndArray();
	}

	private static Rejection readRejection(JsonParser p) {
		JsonIo.expectObject(p, "rejected");
		String update = null;
		Instant time = null;
		ErrorCode code = null;
		String message = null;
		Failure failure = null;
		for (String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			switch (name) {
				case "update" -> update = JsonIo.text(p, name);
				case "t" -> time = instant(p, name);
				case "code" -> code = JsonIo.constant(p, name, ErrorCode.class);
				case "message" -> message = JsonIo.text(p, name);
				case "failure" -> failure = FailureJson.read(p);
				default -> p.skipChildren();
			}
		}
		return new Rejection(new UpdateRejection(JsonIo.require(update, "update"), JsonIo.require(code, "code"),
				JsonIo.require(message, "message"), failure), JsonIo.require(time, "t"));
	}

	/** Up, because nothing happens early. */
	private static void writeTime(JsonGenerator gen, String name, @Nullable Instant time) {
		if (time != null) {
			gen.writeNumberProperty(name, JsonIo.microsUp(time));
		}
	}

	private static RunOverlay read(JsonParser p) {
		JsonIo.expectVersion(p, VERSION);
		TreeMap<Integer, Attempt> attempts = new TreeMap<>();
		Stall stall = null;
		Instant delayed = null;
		List<Rejection> rejections = new ArrayList<>(0);
		TreeSet<Integer> done = new TreeSet<>();
		for (String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			switch (name) {
				case "attempts" -> readAttempts(p, attempts);
				case "stall" -> stall = readStall(p);
				case "delayed" -> delayed = instant(p, name);
				case "rejected" -> {
					if (p.currentToken() != JsonToken.START_ARRAY) {
						throw JsonIo.unexpected(p, name, "a list");
					}
					while (p.nextToken() != JsonToken.END_ARRAY) {
						rejections.add(readRejection(p));
					}
				}
				case "done" -> readDone(p, done);
				default -> p.skipChildren();
			}
		}
		return new RunOverlay(attempts, stall, delayed, rejections, done);
	}

	private static void readAttempts(JsonParser p, TreeMap<Integer, Attempt> attempts) {
		if (p.currentToken() != JsonToken.START_ARRAY) {
			throw JsonIo.unexpected(p, "attempts", "a list");
		}
		while (p.nextToken() != JsonToken.END_ARRAY) {
			readAttempt(p, attempts);
		}
	}

	private static void readDone(JsonParser p, TreeSet<Integer> done) {
		if (p.currentToken() != JsonToken.START_ARRAY) {
			throw JsonIo.unexpected(p, "done", "a list");
		}
		while (p.nextToken() != JsonToken.END_ARRAY) {
			done.add(JsonIo.int32(p, "done"));
		}
	}

	private static void readAttempt(JsonParser p, TreeMap<Integer, Attempt> attempts) {
		JsonIo.expectObject(p, "attempts");
		Integer id = null;
		int number = 1;
		Instant due = null;
		Instant since = null;
		Failure failure = null;
		Payload heartbeat = null;
		boolean started = false;
		for (String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			switch (name) {
				case "id" -> id = JsonIo.int32(p, name);
				case "n" -> number = JsonIo.int32(p, name);
				case "due" -> due = instant(p, name);
				case "since" -> since = instant(p, name);
				case "failure" -> failure = FailureJson.read(p);
				case "heartbeat" -> heartbeat = PayloadJson.read(p);
				case "started" -> started = p.currentToken() == JsonToken.VALUE_TRUE;
				default -> p.skipChildren();
			}
		}
		attempts.put(JsonIo.require(id, "id"), new Attempt(number, due, since, failure, heartbeat, started));
	}

	private static Stall readStall(JsonParser p) {
		JsonIo.expectObject(p, "stall");
		ErrorCode code = null;
		String message = null;
		Instant since = null;
		int attempts = 1;
		String build = null;
		boolean elsewhere = false;
		Instant due = null;
		for (String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			switch (name) {
				case "code" -> code = JsonIo.constant(p, name, ErrorCode.class);
				case "message" -> message = JsonIo.text(p, name);
				case "since" -> since = instant(p, name);
				case "n" -> attempts = JsonIo.int32(p, name);
				case "build" -> build = JsonIo.text(p, name);
				case "elsewhere" -> elsewhere = JsonIo.bool(p, name);
				case "due" -> due = instant(p, name);
				default -> p.skipChildren();
			}
		}
		return new Stall(JsonIo.require(code, "code"), JsonIo.require(message, "message"),
				JsonIo.require(since, "since"), attempts, JsonIo.require(build, "build"), elsewhere, due);
	}

	private static Instant instant(JsonParser p, String field) {
		return JsonIo.instant(JsonIo.integer(p, field));
	}

}
