package io.reprise.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.reprise.kernel.Kernel;
import io.reprise.kernel.OverlayJson;
import io.reprise.kernel.Run;
import io.reprise.kernel.RunOverlay;
import io.reprise.kernel.RunState;
import io.reprise.kernel.StateJson;
import io.reprise.protocol.ClaimCheck;
import io.reprise.protocol.HistoryJson;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.Transition;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoredPayload;
import io.reprise.spi.StoredRun;
import io.reprise.spi.StoredSnapshot;
import io.reprise.spi.StoredTransition;
import org.jspecify.annotations.Nullable;

/**
 * Between runs and their stored form.
 */
final class RunCodec {

	/** A snapshot is written every so many transitions. */
	static final int SNAPSHOT_INTERVAL = 64;

	private RunCodec() {
	}

	static CachedRun read(StoredRun stored) {
		RunOverlay overlay = OverlayJson.read(stored.record().overlay());
		List<RecordedEvent> tail = events(stored.tail());
		StoredSnapshot snapshot = stored.snapshot();
		RunState state = (snapshot != null) ? Kernel.evolve(StateJson.read(snapshot.body()), tail)
				: Kernel.create(stored.record().key(), tail);
		return new CachedRun(stored.record(), new Run(state, overlay), stored.tail().size(), stored.messagesLeft());
	}

	static List<RecordedEvent> events(List<StoredTransition> rows) {
		List<RecordedEvent> events = new ArrayList<>(rows.size() * 4);
		for (StoredTransition row : rows) {
			events.addAll(HistoryJson.read(row.firstEventId(), row.body()).recorded());
		}
		return events;
	}

	static Prepared write(Draft draft, Instant now, String nodeId, int claimCheckBytes) {
		Run run = draft.run();
		RunState state = run.state();
		CachedRun before = draft.before();
		Transition transition = draft.transition(now);
		ClaimCheck claimCheck = new ClaimCheck(state.key().runId(), claimCheckBytes);
		StoredTransition row = (transition != null)
				? new StoredTransition(transition.firstEventId(), HistoryJson.write(transition, claimCheck)) : null;
		long version = (before != null) ? before.record().version() : 0;
		long bytes = ((before != null) ? before.record().historyBytes() : 0) + ((row != null) ? row.body().length : 0);
		RunRecord record = new RunRecord(state.key(), state.workflowType(), state.taskQueue(), state.startRequestId(),
				state.status(), version + 1, run.hasOutstandingWork() ? nodeId : null, Kernel.nextDue(run),
				state.startTime(), state.closeTime(), state.lastEventId(), bytes, stall(run.overlay().stall()),
				OverlayJson.write(run.overlay()));
		int sinceSnapshot = ((before != null) ? before.sinceSnapshot() : 0) + ((row != null) ? 1 : 0);
		StoredSnapshot snapshot = null;
		// The last row of a closed run stays outside any snapshot: it holds the result.
		if (sinceSnapshot >= SNAPSHOT_INTERVAL && !state.isClosed()) {
			snapshot = new StoredSnapshot(state.lastEventId(), StateJson.write(state, claimCheck));
			sinceSnapshot = 0;
		}
		long messagesSeen = (before != null) ? before.messagesSeen() : 0;
		return new Prepared(draft,
				new RunWrite(record, version, row, snapshot,
						draft.mustSeeAllMessages() ? messagesSeen : RunWrite.ANY_MESSAGES, draft.latestStart(),
						payloads(claimCheck)),
				new CachedRun(record, run, sinceSnapshot, messagesSeen));
	}

	private static List<StoredPayload> payloads(ClaimCheck claimCheck) {
		if (claimCheck.isIdle()) {
			return List.of();
		}
		List<StoredPayload> payloads = new ArrayList<>();
		claimCheck.kept().forEach((id, payload) -> payloads.add(new StoredPayload(id, payload.data(), null)));
		claimCheck.copied().forEach((id, runId) -> payloads.add(new StoredPayload(id, null, runId)));
		return payloads;
	}

	private static RunRecord.@Nullable StallRecord stall(RunOverlay.@Nullable Stall stall) {
		return (stall != null) ? new RunRecord.StallRecord(stall.code(), stall.message(), stall.since(),
				stall.attempts(), stall.buildId()) : null;
	}

	/**
	 * A draft in its stored form.
	 *
	 * @param draft the draft
	 * @param write what to write
	 * @param after the run once it is written
	 */
	record Prepared(Draft draft, RunWrite write, CachedRun after) {

	}

}
