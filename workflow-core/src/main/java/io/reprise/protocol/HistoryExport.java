package io.reprise.protocol;

import java.nio.charset.StandardCharsets;
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
 * A whole history as a document of its own, to be kept in a file:
 * {@code {"v":1,"namespace":...,"workflowId":...,"runId":...,"rows":[<row>,...]}}, with a
 * row a line, each as {@link HistoryJson} writes it. As frozen as that is: files are kept
 * beside the tests that read them.
 *
 * @param key which run
 * @param events all its events from the first on
 */
@Internal("clients export histories, the test kit reads them")
public record HistoryExport(ExecutionKey key, List<RecordedEvent> events) {

	/** The version this build writes, and the newest it reads. */
	public static final int VERSION = 1;

	public HistoryExport {
		events = List.copyOf(events);
	}

	/**
	 * Writes the document.
	 * @return its text, with a line break at its end
	 */
	public String write() {
		byte[] bytes = JsonIo.write(gen -> {
			gen.writeStartObject();
			gen.writeNumberProperty("v", VERSION);
			JsonIo.writeText(gen, "namespace", key.namespace());
			JsonIo.writeText(gen, "workflowId", key.workflowId());
			JsonIo.writeText(gen, "runId", key.runId());
			gen.writeArrayPropertyStart("rows");
			writeRows(gen);
			gen.writeEndArray();
			gen.writeEndObject();
		});
		return new String(bytes, StandardCharsets.UTF_8) + "\n";
	}

	/** Events of one time become one row; how they were stored is of no account. */
	private void writeRows(JsonGenerator gen) {
		int first = 0;
		while (first < events.size()) {
			Instant time = events.get(first).time();
			int end = first + 1;
			while (end < events.size() && events.get(end).time().equals(time)) {
				end++;
			}
			List<HistoryEvent> row = events.subList(first, end).stream().map(RecordedEvent::event).toList();
			byte[] json = HistoryJson.write(new Transition(events.get(first).id(), time, row));
			gen.writeRawValue("\n" + new String(json, StandardCharsets.UTF_8));
			first = end;
		}
	}

	/**
	 * Reads a document.
	 * @param name what to call it in messages, such as its path
	 * @param text its text
	 * @return the history
	 * @throws WorkflowException with {@link ErrorCode#UNREADABLE_HISTORY} if it is none,
	 * or a newer version wrote it
	 */
	public static HistoryExport read(String name, String text) {
		return JsonIo.read("the exported history " + name, text.getBytes(StandardCharsets.UTF_8), HistoryExport::read);
	}

	private static HistoryExport read(JsonParser p) {
		JsonIo.expectVersion(p, VERSION);
		String namespace = null;
		String workflowId = null;
		String runId = null;
		List<RecordedEvent> events = null;
		for (String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			switch (name) {
				case "namespace" -> namespace = JsonIo.text(p, name);
				case "workflowId" -> workflowId = JsonIo.text(p, name);
				case "runId" -> runId = JsonIo.text(p, name);
				case "rows" -> events = readRows(p);
				default -> p.skipChildren();
			}
		}
		return new HistoryExport(new ExecutionKey(JsonIo.require(namespace, "namespace"),
				JsonIo.require(workflowId, "workflowId"), JsonIo.require(runId, "runId")),
				JsonIo.require(events, "rows"));
	}

	private static @Nullable List<RecordedEvent> readRows(JsonParser p) {
		if (p.currentToken() != JsonToken.START_ARRAY) {
			throw JsonIo.unexpected(p, "rows", "a list");
		}
		List<RecordedEvent> events = new ArrayList<>();
		while (p.nextToken() != JsonToken.END_ARRAY) {
			JsonIo.expectObject(p, "rows");
			events.addAll(HistoryJson.read(events.size() + 1L, p).recorded());
		}
		return events.isEmpty() ? null : events;
	}

}
