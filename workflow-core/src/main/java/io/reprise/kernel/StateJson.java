package io.reprise.kernel;

import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.kernel.RunState.PendingActivity;
import io.reprise.kernel.RunState.PendingTimer;
import io.reprise.protocol.ClaimCheck;
import io.reprise.protocol.EventJson;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.JsonIo;
import io.reprise.protocol.RecordedEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A state as the JSON of a snapshot. Activities and timers are kept as the events that
 * made them. Readers skip fields that they do not know and refuse newer versions; a
 * snapshot that cannot be read can be folded anew.
 */
public final class StateJson {

	/** The version this build writes, and the newest it reads. */
	static final int VERSION = 1;

	private StateJson() {
	}

	/**
	 * Writes a state.
	 * @param state the state
	 * @return its bytes, UTF-8; equal for equal states
	 */
	public static byte[] write(RunState state) {
		return write(state, null);
	}

	/**
	 * Writes a state without its large payloads.
	 * @param state the state
	 * @param claimCheck what keeps them out, or {@code null} to leave them in
	 * @return its bytes, UTF-8
	 */
	public static byte[] write(RunState state, @Nullable ClaimCheck claimCheck) {
		return JsonIo.write(claimCheck, gen -> write(gen, state));
	}

	/**
	 * Reads a state.
	 * @param bytes its bytes
	 * @return the state
	 * @throws WorkflowException with {@link ErrorCode#UNREADABLE_HISTORY} if the bytes
	 * are broken or a newer version wrote them
	 */
	public static RunState read(byte[] bytes) {
		return JsonIo.read("a snapshot", bytes, StateReader::read);
	}

	private static void write(JsonGenerator gen, RunState state) {
		ExecutionKey key = state.key();
		gen.writeStartObject();
		gen.writeNumberProperty("v", VERSION);
		JsonIo.writeText(gen, "namespace", key.namespace());
		JsonIo.writeText(gen, "workflow", key.workflowId());
		JsonIo.writeText(gen, "run", key.runId());
		JsonIo.writeText(gen, "type", state.workflowType());
		JsonIo.writeText(gen, "queue", state.taskQueue());
		JsonIo.writeText(gen, "req", state.startRequestId());
		gen.writeStringProperty("status", state.status().name());
		gen.writeNumberProperty("start", JsonIo.micros(state.startTime()));
		if (state.closeTime() != null) {
			gen.writeNumberProperty("close", JsonIo.micros(state.closeTime()));
		}
		gen.writeNumberProperty("last", state.lastEventId());
		gen.writeNumberProperty("marker", state.lastMarkerId());
		gen.writeNumberProperty("seen", state.seenUpTo());
		gen.writeNumberProperty("time", JsonIo.micros(state.markerTime()));
		if (state.cancelRequested()) {
			gen.writeBooleanProperty("cancelRequested", true);
		}
		gen.writeNumberProperty("signals", state.signalCount());
		JsonIo.writeTexts(gen, "reqs", List.copyOf(state.requestIds()));
		if (state.started() != null) {
			gen.writeName("started");
			EventJson.write(gen, state.started());
		}
		writeUpdates(gen, state);
		writePending(gen, state);
		NeighboursJson.write(gen, state.neighbours());
		writeUnseen(gen, state.unseen());
		gen.writeEndObject();
	}

	private static void writeUpdates(JsonGenerator gen, RunState state) {
		if (state.updates().isEmpty()) {
			return;
		}
		gen.writeArrayPropertyStart("updates");
		state.updates().forEach((id, completedBy) -> {
			gen.writeStartObject();
			JsonIo.writeText(gen, "id", id);
			if (completedBy != RunState.OPEN_UPDATE) {
				gen.writeNumberProperty("done", completedBy);
			}
			gen.writeEndObject();
		});
		gen.writeEndArray();
	}

	private static void writePending(JsonGenerator gen, RunState state) {
		gen.writeArrayPropertyStart("activities");
		for (PendingActivity activity : state.activities().values()) {
			gen.writeStartObject();
			gen.writeNumberProperty("t", JsonIo.micros(activity.scheduledAt()));
			gen.writeName("e");
			EventJson.write(gen, new HistoryEvent.ActivityScheduled(activity.activityId(), activity.activityType(),
					activity.arguments(), activity.policy()));
			gen.writeEndObject();
		}
		gen.writeEndArray();
		gen.writeArrayPropertyStart("timers");
		for (PendingTimer timer : state.timers().values()) {
			EventJson.write(gen, new HistoryEvent.TimerStarted(timer.timerId(), timer.fireAt()));
		}
		gen.writeEndArray();
	}

	private static void writeUnseen(JsonGenerator gen, List<RecordedEvent> unseen) {
		gen.writeArrayPropertyStart("unseen");
		for (RecordedEvent input : unseen) {
			gen.writeStartObject();
			gen.writeNumberProperty("id", input.id());
			gen.writeNumberProperty("t", JsonIo.micros(input.time()));
			gen.writeName("e");
			EventJson.write(gen, input.event());
			gen.writeEndObject();
		}
		gen.writeEndArray();
	}

}
