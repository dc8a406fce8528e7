package io.reprise.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;

import io.reprise.WorkflowException;
import io.reprise.WorkflowStatus;
import io.reprise.kernel.RunState.PendingActivity;
import io.reprise.kernel.RunState.PendingTimer;
import io.reprise.protocol.EventJson;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.JsonIo;
import io.reprise.protocol.RecordedEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads what {@link StateJson} wrote.
 */
final class StateReader {

	private @Nullable String namespace;

	private @Nullable String workflowId;

	private @Nullable String runId;

	private @Nullable String workflowType;

	private @Nullable String taskQueue;

	private @Nullable String requestId;

	private @Nullable WorkflowStatus status;

	private @Nullable Instant startTime;

	private @Nullable Instant closeTime;

	private @Nullable Instant markerTime;

	private @Nullable Long lastEventId;

	private @Nullable Long lastMarkerId;

	private @Nullable Long seenUpTo;

	private @Nullable Integer signalCount;

	private boolean cancelRequested;

	private HistoryEvent.@Nullable WorkflowStarted started;

	private Neighbours neighbours = Neighbours.NONE;

	private final LinkedHashMap<Integer, PendingActivity> activities = new LinkedHashMap<>();

	private final LinkedHashMap<Integer, PendingTimer> timers = new LinkedHashMap<>();

	private final List<RecordedEvent> unseen = new ArrayList<>();

	private final LinkedHashMap<String, Long> updates = new LinkedHashMap<>();

	private final LinkedHashSet<String> requestIds = new LinkedHashSet<>();

	private StateReader() {
	}

	static RunState read(JsonParser p) {
		JsonIo.expectVersion(p, StateJson.VERSION);
		StateReader reader = new StateReader();
		for (String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			reader.field(p, name);
		}
		return reader.build();
	}

	private void field(JsonParser p, String name) {
		switch (name) {
			case "namespace" -> namespace = JsonIo.text(p, name);
			case "workflow" -> workflowId = JsonIo.text(p, name);
			case "run" -> runId = JsonIo.text(p, name);
			case "type" -> workflowType = JsonIo.text(p, name);
			case "queue" -> taskQueue = JsonIo.text(p, name);
			case "req" -> requestId = JsonIo.text(p, name);
			case "status" -> status = JsonIo.constant(p, name, WorkflowStatus.class);
			case "start" -> startTime = instant(p, name);
			case "close" -> closeTime = instant(p, name);
			case "last" -> lastEventId = JsonIo.integer(p, name);
			case "marker" -> lastMarkerId = JsonIo.integer(p, name);
			case "seen" -> seenUpTo = JsonIo.integer(p, name);
			case "time" -> markerTime = instant(p, name);
			case "cancelRequested" -> cancelRequested = JsonIo.bool(p, name);
			case "signals" -> signalCount = JsonIo.int32(p, name);
			case "started" -> readStarted(p);
			case "reqs" -> requestIds.addAll(JsonIo.texts(p, name));
			case "updates" -> readAll(p, name, this::readUpdate);
			case "activities" -> readAll(p, name, this::readActivity);
			case "timers" -> readAll(p, name, this::readTimer);
			case "unseen" -> readAll(p, name, this::readUnseen);
			case "neighbours" -> neighbours = NeighboursJson.read(p, name);
			default -> p.skipChildren();
		}
	}

	private void readStarted(JsonParser p) {
		HistoryEvent event = EventJson.read(p);
		if (!(event instanceof HistoryEvent.WorkflowStarted start)) {
			throw unexpected(event, "started");
		}
		started = start;
	}

	private void readActivity(JsonParser p) {
		RecordedEvent recorded = readRecorded(p, "activities");
		if (!(recorded.event() instanceof HistoryEvent.ActivityScheduled scheduled)) {
			throw unexpected(recorded.event(), "activities");
		}
		activities.put(scheduled.activityId(), new PendingActivity(scheduled.activityId(), scheduled.activityType(),
				scheduled.arguments(), scheduled.policy(), recorded.time()));
	}

	private void readUpdate(JsonParser p) {
		JsonIo.expectObject(p, "updates");
		String id = null;
		long completedBy = RunState.OPEN_UPDATE;
		for (String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			switch (name) {
				case "id" -> id = JsonIo.text(p, name);
				case "done" -> completedBy = JsonIo.integer(p, name);
				default -> p.skipChildren();
			}
		}
		updates.put(JsonIo.require(id, "id"), completedBy);
	}

	private void readTimer(JsonParser p) {
		HistoryEvent event = EventJson.read(p);
		if (!(event instanceof HistoryEvent.TimerStarted started)) {
			throw unexpected(event, "timers");
		}
		timers.put(started.timerId(), new PendingTimer(started.timerId(), started.fireAt()));
	}

	private void readUnseen(JsonParser p) {
		unseen.add(readRecorded(p, "unseen"));
	}

	private static RecordedEvent readRecorded(JsonParser p, String field) {
		JsonIo.expectObject(p, field);
		long id = 0;
		Instant time = null;
		HistoryEvent event = null;
		for (String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			switch (name) {
				case "id" -> id = JsonIo.integer(p, name);
				case "t" -> time = instant(p, name);
				case "e" -> event = EventJson.read(p);
				default -> p.skipChildren();
			}
		}
		return new RecordedEvent(id, JsonIo.require(time, "t"), JsonIo.require(event, "e"));
	}

	private static void readAll(JsonParser p, String field, ElementReader reader) {
		if (p.currentToken() != JsonToken.START_ARRAY) {
			throw JsonIo.unexpected(p, field, "a list");
		}
		while (p.nextToken() != JsonToken.END_ARRAY) {
			reader.read(p);
		}
	}

	private static Instant instant(JsonParser p, String field) {
		return JsonIo.instant(JsonIo.integer(p, field));
	}

	private static WorkflowException unexpected(HistoryEvent event, String field) {
		return JsonIo.corrupt("'%s' has a %s".formatted(field, event.getClass().getSimpleName()));
	}

	private RunState build() {
		ExecutionKey key = new ExecutionKey(JsonIo.require(namespace, "namespace"),
				JsonIo.require(workflowId, "workflow"), JsonIo.require(runId, "run"));
		return new RunState(key, JsonIo.require(workflowType, "type"), JsonIo.require(taskQueue, "queue"),
				JsonIo.require(requestId, "req"), JsonIo.require(status, "status"), JsonIo.require(startTime, "start"),
				closeTime, JsonIo.require(lastEventId, "last"), JsonIo.require(lastMarkerId, "marker"),
				JsonIo.require(seenUpTo, "seen"), JsonIo.require(markerTime, "time"), cancelRequested,
				Frozen.own(activities), Frozen.own(timers), unseen, Frozen.own(requestIds),
				JsonIo.require(signalCount, "signals"), started, Frozen.own(updates), neighbours);
	}

	/**
	 * Reads one element of a list.
	 */
	@FunctionalInterface
	private interface ElementReader {

		void read(JsonParser p);

	}

}
