package io.reprise.protocol;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Accepted updates, as a list of objects. Nothing is written if there are none.
 */
final class UpdateRequestJson {

	private UpdateRequestJson() {
	}

	static void write(JsonGenerator gen, String name, List<UpdateRequest> updates) {
		if (updates.isEmpty()) {
			return;
		}
		gen.writeArrayPropertyStart(name);
		for (UpdateRequest update : updates) {
			gen.writeStartObject();
			JsonIo.writeText(gen, "id", update.updateId());
			JsonIo.writeText(gen, "name", update.name());
			PayloadJson.writePresent(gen, "args", update.arguments());
			gen.writeEndObject();
		}
		gen.writeEndArray();
	}

	static List<UpdateRequest> read(JsonParser p, String field) {
		if (p.currentToken() != JsonToken.START_ARRAY) {
			throw JsonIo.unexpected(p, field, "a list");
		}
		List<UpdateRequest> updates = new ArrayList<>(4);
		while (p.nextToken() != JsonToken.END_ARRAY) {
			updates.add(readOne(p, field));
		}
		return updates;
	}

	private static UpdateRequest readOne(JsonParser p, String field) {
		JsonIo.expectObject(p, field);
		String id = null;
		String name = null;
		Payload arguments = Payload.NULL;
		for (@Nullable
		String key = p.nextName(); key != null; key = p.nextName()) {
			p.nextToken();
			switch (key) {
				case "id" -> id = JsonIo.text(p, key);
				case "name" -> name = JsonIo.text(p, key);
				case "args" -> arguments = PayloadJson.read(p);
				default -> p.skipChildren();
			}
		}
		return new UpdateRequest(JsonIo.require(id, "id"), JsonIo.require(name, "name"), arguments);
	}

}
