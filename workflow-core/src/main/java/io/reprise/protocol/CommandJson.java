package io.reprise.protocol;

import io.reprise.ErrorCode;
import io.reprise.Internal;
import io.reprise.WorkflowException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * Commands as JSON, for a run's inbox: signals, updates, requests to cancel and to
 * terminate, ends of children. No other command ever waits there.
 */
@Internal("the engine reads and writes inboxes")
public final class CommandJson {

	private static final int VERSION = 1;

	private static final String SIGNAL = "SignalWorkflow";

	private static final String UPDATE = "UpdateWorkflow";

	private static final String CANCEL = "RequestCancel";

	private static final String TERMINATE = "TerminateWorkflow";

	private static final String CHILD = "ResolveChild";

	private CommandJson() {
	}

	/**
	 * Writes a command. Its key is not among the bytes.
	 * @param command the command
	 * @return its bytes, UTF-8
	 * @throws IllegalArgumentException for a command that inboxes do not take
	 */
	public static byte[] write(Command command) {
		return switch (command) {
			case Command.SignalWorkflow c -> write(SIGNAL, c.name(), c.arguments(), null, c.requestId());
			case Command.UpdateWorkflow c -> write(UPDATE, c.name(), c.arguments(), null, c.updateId());
			case Command.RequestCancel c -> write(CANCEL, null, null, c.reason(), c.requestId());
			case Command.TerminateWorkflow c -> write(TERMINATE, null, null, c.reason(), c.requestId());
			case Command.ResolveChild c -> writeEnd(c);
			case Command.TakeAnswer c -> throw refused(c);
			case Command.SettleDuty c -> throw refused(c);
			case Command.StartWorkflow c -> throw refused(c);
			case Command.CompleteTask c -> throw refused(c);
			case Command.StallTask c -> throw refused(c);
			case Command.StartActivity c -> throw refused(c);
			case Command.CompleteActivity c -> throw refused(c);
			case Command.FailActivity c -> throw refused(c);
			case Command.RecordHeartbeat c -> throw refused(c);
			case Command.FireDue c -> throw refused(c);
			case Command.AdoptRun c -> throw refused(c);
			case Command.TakeMessages c -> throw refused(c);
		};
	}

	private static byte[] writeEnd(Command.ResolveChild command) {
		return JsonIo.write((gen) -> {
			gen.writeStartObject();
			gen.writeNumberProperty("v", VERSION);
			gen.writeStringProperty("k", CHILD);
			JsonIo.writeText(gen, "req", command.requestId());
			gen.writeName("end");
			EventJson.write(gen, command.end());
			gen.writeEndObject();
		});
	}

	private static IllegalArgumentException refused(Command command) {
		return new IllegalArgumentException(
				"Expected a signal, an update, a request to cancel or terminate or the end of a child, but %s for %s"
					.formatted(command.getClass().getSimpleName(), command.key()) + " does not go through an inbox");
	}

	private static byte[] write(String kind, @Nullable String name, @Nullable Payload arguments,
			@Nullable String reason, String requestId) {
		return JsonIo.write((gen) -> {
			gen.writeStartObject();
			gen.writeNumberProperty("v", VERSION);
			gen.writeStringProperty("k", kind);
			JsonIo.writeText(gen, "name", name);
			writeArguments(gen, arguments);
			JsonIo.writeText(gen, "reason", reason);
			JsonIo.writeText(gen, "req", requestId);
			gen.writeEndObject();
		});
	}

	private static void writeArguments(JsonGenerator gen, @Nullable Payload arguments) {
		if (arguments != null) {
			PayloadJson.writePresent(gen, "args", arguments);
		}
	}

	/**
	 * Reads a command.
	 * @param key the run it is for
	 * @param bytes its bytes
	 * @return the command
	 * @throws WorkflowException with {@link ErrorCode#UNREADABLE_HISTORY} if the bytes
	 * are broken or a newer version wrote them
	 */
	public static Command read(ExecutionKey key, byte[] bytes) {
		return JsonIo.read("a command in the inbox of " + key, bytes, (p) -> read(key, p));
	}

	private static NeighbourAnswer.ChildEnd childEnd(HistoryEvent event) {
		if (event instanceof NeighbourAnswer.ChildEnd end) {
			return end;
		}
		throw JsonIo.corrupt("'end' is a " + event.getClass().getSimpleName());
	}

	private static Command read(ExecutionKey key, JsonParser p) {
		JsonIo.expectVersion(p, VERSION);
		String kind = JsonIo.expectKind(p);
		String name = null;
		Payload arguments = Payload.NULL;
		String reason = null;
		String request = null;
		HistoryEvent end = null;
		for (String field = p.nextName(); field != null; field = p.nextName()) {
			p.nextToken();
			switch (field) {
				case "name" -> name = JsonIo.text(p, field);
				case "args" -> arguments = PayloadJson.read(p);
				case "reason" -> reason = JsonIo.text(p, field);
				case "req" -> request = JsonIo.text(p, field);
				case "end" -> end = EventJson.read(p);
				default -> p.skipChildren();
			}
		}
		String requestId = JsonIo.require(request, "req");
		return switch (kind) {
			case SIGNAL -> new Command.SignalWorkflow(key, JsonIo.require(name, "name"), arguments, requestId);
			case UPDATE -> new Command.UpdateWorkflow(key, requestId, JsonIo.require(name, "name"), arguments);
			case CANCEL -> new Command.RequestCancel(key, reason, requestId);
			case TERMINATE -> new Command.TerminateWorkflow(key, JsonIo.require(reason, "reason"), requestId);
			case CHILD -> new Command.ResolveChild(key, childEnd(JsonIo.require(end, "end")));
			default -> throw JsonIo.newer("it is of the unknown kind '%s'".formatted(TextRules.excerpt(kind)));
		};
	}

}
