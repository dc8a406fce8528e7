package io.reprise.protocol;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Local activities under way, as a list of objects.
 */
final class LocalAttemptJson {

	private LocalAttemptJson() {
	}

	static void write(JsonGenerator gen, String name, List<LocalAttempt> attempts) {
		gen.writeArrayPropertyStart(name);
		for (LocalAttempt attempt : attempts) {
			gen.writeStartObject();
			gen.writeNumberProperty("id", attempt.activityId());
			JsonIo.writeText(gen, "type", attempt.activityType());
			if (attempt.attempt() != 1) {
				gen.writeNumberProperty("attempt", attempt.attempt());
			}
			gen.writeEndObject();
		}
		gen.writeEndArray();
	}

	static List<LocalAttempt> read(JsonParser p, String field) {
		if (p.currentToken() != JsonToken.START_ARRAY) {
			throw JsonIo.unexpected(p, field, "a list");
		}
		List<LocalAttempt> attempts = new ArrayList<>(4);
		while (p.nextToken() != JsonToken.END_ARRAY) {
			attempts.add(readOne(p, field));
		}
		return attempts;
	}

	private static LocalAttempt readOne(JsonParser p, String field) {
		JsonIo.expectObject(p, field);
		Integer id = null;
		String type = null;
		int attempt = 1;
		for (@Nullable
		String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			switch (name) {
				case "id" -> id = JsonIo.int32(p, name);
				case "type" -> type = JsonIo.text(p, name);
				case "attempt" -> attempt = JsonIo.int32(p, name);
				default -> p.skipChildren();
			}
		}
		return new LocalAttempt(JsonIo.require(id, "id"), JsonIo.require(type, "type"), attempt);
	}

}
