package io.reprise.kernel;

import java.util.LinkedHashMap;

import io.reprise.kernel.Neighbours.Child;
import io.reprise.protocol.EventJson;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.JsonIo;
import io.reprise.protocol.NeighbourRequest;
import io.reprise.protocol.NeighbourRequest.StartChildWorkflowInitiated;
import io.reprise.protocol.ParentLink;
import io.reprise.protocol.ParentLinkJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What a run has to do with others, as a part of a snapshot. Kept as the events that made
 * it.
 */
final class NeighboursJson {

	private NeighboursJson() {
	}

	static void write(JsonGenerator gen, Neighbours neighbours) {
		if (neighbours.equals(Neighbours.NONE)) {
			return;
		}
		gen.writeObjectPropertyStart("neighbours");
		ParentLinkJson.write(gen, "parent", neighbours.parent());
		gen.writeArrayPropertyStart("children");
		for (Child child : neighbours.children().values()) {
			gen.writeStartObject();
			gen.writeNumberProperty("id", child.eventId());
			if (child.started()) {
				gen.writeBooleanProperty("started", true);
			}
			gen.writeName("e");
			EventJson.write(gen, child.request());
			gen.writeEndObject();
		}
		gen.writeEndArray();
		gen.writeArrayPropertyStart("messages");
		neighbours.messages().values().forEach(message -> EventJson.write(gen, message));
		gen.writeEndArray();
		if (neighbours.end() != null) {
			gen.writeName("end");
			EventJson.write(gen, neighbours.end());
		}
		gen.writeEndObject();
	}

	static Neighbours read(JsonParser p, String field) {
		JsonIo.expectObject(p, field);
		ParentLink parent = null;
		HistoryEvent.Closing end = null;
		LinkedHashMap<Integer, Child> children = new LinkedHashMap<>();
		LinkedHashMap<Integer, NeighbourRequest.Message> messages = new LinkedHashMap<>();
		for (@Nullable
		String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			switch (name) {
				case "parent" -> parent = ParentLinkJson.read(p, name);
				case "children" -> readChildren(p, name, children);
				case "messages" -> readMessages(p, name, messages);
				case "end" -> end = event(p, name, HistoryEvent.Closing.class);
				default -> p.skipChildren();
			}
		}
		return new Neighbours(parent, children, messages, end);
	}

	private static void readChildren(JsonParser p, String field, LinkedHashMap<Integer, Child> children) {
		expectArray(p, field);
		while (p.nextToken() != JsonToken.END_ARRAY) {
			Child child = readChild(p, field);
			children.put(child.request().childId(), child);
		}
	}

	private static Child readChild(JsonParser p, String field) {
		JsonIo.expectObject(p, field);
		Long id = null;
		boolean started = false;
		StartChildWorkflowInitiated request = null;
		for (@Nullable
		String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			switch (name) {
				case "id" -> id = JsonIo.integer(p, name);
				case "started" -> started = JsonIo.bool(p, name);
				case "e" -> request = event(p, field, StartChildWorkflowInitiated.class);
				default -> p.skipChildren();
			}
		}
		return new Child(JsonIo.require(id, "id"), JsonIo.require(request, "e"), started);
	}

	private static void readMessages(JsonParser p, String field,
			LinkedHashMap<Integer, NeighbourRequest.Message> messages) {
		expectArray(p, field);
		while (p.nextToken() != JsonToken.END_ARRAY) {
			NeighbourRequest.Message message = event(p, field, NeighbourRequest.Message.class);
			messages.put(message.number(), message);
		}
	}

	private static void expectArray(JsonParser p, String field) {
		if (p.currentToken() != JsonToken.START_ARRAY) {
			throw JsonIo.unexpected(p, field, "a list");
		}
	}

	private static <E extends HistoryEvent> E event(JsonParser p, String field, Class<E> type) {
		HistoryEvent event = EventJson.read(p);
		if (!type.isInstance(event)) {
			throw JsonIo.corrupt("'%s' has a %s".formatted(field, event.getClass().getSimpleName()));
		}
		return type.cast(event);
	}

}
