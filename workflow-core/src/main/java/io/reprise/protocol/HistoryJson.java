package io.reprise.protocol;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.Internal;
import io.reprise.WorkflowException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A stored row of a history: {@code {"v":1,"t":<time>,"e":[<event>,...]}}. Equal
 * transitions give equal bytes. Readers skip fields that they do not know, but refuse
 * unknown kinds of events and newer versions: to pass over those would lose history.
 */
@Internal("the engine and the stores' tests read and write histories")
public final class HistoryJson {

	/** The version this build writes, and the newest it reads. */
	public static final int VERSION = 1;

	private HistoryJson() {
	}

	/**
	 * Writes a transition. The id of its first event is not among the bytes: it is the
	 * row's key.
	 * @param transition the transition, with at least one event
	 * @return its bytes, UTF-8
	 */
	public static byte[] write(Transition transition) {
		return write(transition, null);
	}

	/**
	 * Writes a transition without its large payloads.
	 * @param transition the transition, with at least one event
	 * @param claimCheck what keeps them out, or {@code null} to leave them in
	 * @return its bytes, UTF-8
	 */
	public static byte[] write(Transition transition, @Nullable ClaimCheck claimCheck) {
		if (transition.events().isEmpty()) {
			throw new IllegalArgumentException("Expected at least one event, but the transition at event "
					+ transition.firstEventId() + " has none");
		}
		return JsonIo.write(claimCheck, (gen) -> write(gen, transition));
	}

	private static void write(JsonGenerator gen, Transition transition) {
		gen.writeStartObject();
		gen.writeNumberProperty("v", VERSION);
		gen.writeNumberProperty("t", JsonIo.micros(transition.time()));
		gen.writeArrayPropertyStart("e");
		EventWriter writer = new EventWriter(gen);
		for (HistoryEvent event : transition.events()) {
			writer.write(event);
		}
		gen.writeEndArray();
		gen.writeEndObject();
	}

	/**
	 * Reads a transition.
	 * @param firstEventId id of its first event
	 * @param bytes its bytes
	 * @return the transition
	 * @throws WorkflowException with {@link ErrorCode#UNREADABLE_HISTORY} if the bytes
	 * are broken or a newer version wrote them
	 */
	public static Transition read(long firstEventId, byte[] bytes) {
		return JsonIo.read("the history from event " + firstEventId + " on", bytes, (p) -> read(firstEventId, p));
	}

	static Transition read(long firstEventId, JsonParser p) {
		JsonIo.expectVersion(p, VERSION);
		Instant time = null;
		List<HistoryEvent> events = null;
		for (String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			switch (name) {
				case "t" -> time = JsonIo.instant(JsonIo.integer(p, name));
				case "e" -> events = readEvents(p);
				default -> p.skipChildren();
			}
		}
		return new Transition(firstEventId, JsonIo.require(time, "t"), JsonIo.require(events, "e"));
	}

	private static @Nullable List<HistoryEvent> readEvents(JsonParser p) {
		if (p.currentToken() != JsonToken.START_ARRAY) {
			throw JsonIo.unexpected(p, "e", "a list");
		}
		List<HistoryEvent> events = new ArrayList<>(4);
		while (p.nextToken() != JsonToken.END_ARRAY) {
			events.add(EventReader.read(p));
		}
		return events.isEmpty() ? null : events;
	}

}
