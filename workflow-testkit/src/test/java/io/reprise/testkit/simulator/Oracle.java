package io.reprise.testkit.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.reprise.ActivityInfo;
import io.reprise.kernel.Kernel;
import io.reprise.kernel.OverlayJson;
import io.reprise.kernel.Run;
import io.reprise.kernel.RunOverlay;
import io.reprise.kernel.RunState;
import io.reprise.kernel.StateJson;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Command;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.HistoryJson;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TaskToken;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoredRun;
import io.reprise.spi.StoredSnapshot;
import io.reprise.spi.StoredTransition;
import io.reprise.spi.WriteOutcome;
import io.reprise.testkit.simulator.RunStory.Contradiction;
import org.jspecify.annotations.Nullable;

/**
 * Sees all that is committed, dispatched, attempted and acknowledged, and says what must
 * not be.
 */
final class Oracle extends ForwardingStore {

	private final World world;

	private final Chance chance;

	private final HistoryStore store;

	private final Map<String, Known> runs = new LinkedHashMap<>();

	private final Starts starts = new Starts();

	private final Acknowledgements acknowledgements = new Acknowledgements();

	private long commits;

	private long lostRaces;

	private final Set<String> firstTurns = new HashSet<>();

	/** Whether nobody carries a task twice, or so late that it is no longer wanted. */
	private final boolean tasksComeOnce;

	Oracle(World world, Chance chance, HistoryStore store, boolean tasksComeOnce) {
		super(store);
		this.world = world;
		this.chance = chance;
		this.store = store;
		this.tasksComeOnce = tasksComeOnce;
	}

	Acknowledgements acknowledgements() {
		return acknowledgements;
	}

	Starts starts() {
		return starts;
	}

	long commits() {
		return commits;
	}

	long lostRaces() {
		return lostRaces;
	}

	Collection<RunStory> stories() {
		return runs.values().stream().map(known -> known.story).toList();
	}

	@Nullable RunStory story(String runId) {
		Known known = runs.get(runId);
		return (known != null) ? known.story : null;
	}

	// Commits

	@Override
	public List<WriteOutcome> commit(List<RunWrite> writes) {
		List<WriteOutcome> outcomes = store.commit(writes);
		checked(() -> {
			for (int i = 0; i < writes.size(); i++) {
				if (outcomes.get(i) == WriteOutcome.WRITTEN) {
					written(writes.get(i));
				}
				else {
					lostRaces += (outcomes.get(i) == WriteOutcome.MESSAGE_LEFT) ? 0 : 1;
					world.trace("loses " + writes.get(i).record().key().runId() + " at "
							+ writes.get(i).expectedVersion() + ": " + outcomes.get(i));
				}
			}
			for (RunWrite write : writes) {
				RunStory story = story(write.record().key().runId());
				if (story != null) {
					starts.checkContinued(story, this::story);
				}
			}
		});
		return outcomes;
	}

	private void written(RunWrite write) {
		commits++;
		RunRecord record = write.record();
		ExecutionKey key = record.key();
		Known known = runs.computeIfAbsent(key.runId(), runId -> new Known(new RunStory(key)));
		RunStory story = known.story;
		Instant now = store.now();
		StoredTransition row = write.appended();
		world.trace("writes " + key.runId() + " " + record.version() + " " + record.status() + " owner "
				+ record.owner() + " due " + record.nextDueAt() + ((row != null) ? " " + text(row.body()) : "")
				+ ((record.overlay() != null) ? " " + text(record.overlay()) : ""));
		story.require(record.version() > known.version, "its version rises from " + known.version, record);
		known.version = record.version();
		known.lastWriter = world.current();
		known.owner = record.owner();
		if (row != null) {
			List<RecordedEvent> events = HistoryJson.read(row.firstEventId(), row.body()).recorded();
			for (RecordedEvent event : events) {
				checkTurn(key.runId(), known, event);
				story.append(event, now);
			}
			if (write.isCreation()) {
				starts.check(story, record);
			}
			RunState before = known.state;
			known.state = (before != null) ? Kernel.evolve(before, events) : Kernel.create(key, events);
		}
		RunState state = Objects.requireNonNull(known.state);
		RunOverlay overlay = OverlayJson.read(record.overlay());
		checkRecord(story, record, new Run(state, overlay));
		checkAttempts(known, state, overlay, now);
		known.overlay = overlay;
		if (chance.in(0.2) || state.isClosed()) {
			checkStored(known);
		}
	}

	private void checkTurn(String runId, Known known, RecordedEvent event) {
		if (event.event() instanceof HistoryEvent.WorkflowTaskCompleted marker) {
			TaskToken token = new TaskToken(known.story.lastMarkerId(), marker.seenUpTo());
			boolean handedIn = known.turns.contains(token) || firstTurns.contains(runId);
			known.story.require(handedIn, "the turn of " + token + " was handed in", event);
		}
	}

	/** A worker hands in a turn. */
	void handedIn(Command.CompleteTask turn) {
		Known known = runs.get(turn.key().runId());
		if (known != null) {
			known.turns.add(turn.token());
		}
		else {
			// Ahead of the run itself
			firstTurns.add(turn.key().runId());
		}
	}

	private static String text(byte[] json) {
		return new String(json, java.nio.charset.StandardCharsets.UTF_8);
	}

	private static void checkRecord(RunStory story, RunRecord record, Run run) {
		RunState state = run.state();
		story.require(record.status() == state.status(), "its status is " + state.status(), record);
		story.require(state.isClosed() == story.isClosed(), "it is closed if its last event closes it", state);
		story.require(record.historyEvents() == state.lastEventId(), "it has " + state.lastEventId() + " events",
				record);
		story.require(Objects.equals(record.closeTime(), state.closeTime()), "it closes at " + state.closeTime(),
				record);
		story.require(Objects.equals(record.nextDueAt(), Kernel.nextDue(run)), "it is due at " + Kernel.nextDue(run),
				record);
		story.require((record.owner() != null) == run.hasOutstandingWork(), "it has an owner while it has work",
				record);
		story.require(record.stall() == null && run.overlay().stall() == null, "it never stalls", record);
	}

	private static void checkAttempts(Known known, RunState state, RunOverlay overlay, Instant now) {
		for (RunState.PendingActivity activity : state.activities().values()) {
			int id = activity.activityId();
			RunOverlay.Attempt before = known.overlay.attemptOf(id);
			RunOverlay.Attempt after = overlay.attemptOf(id);
			known.story.require(after.attempt() >= before.attempt(),
					"activity " + id + " is at attempt " + before.attempt() + " or later", after);
			known.highest.merge(id, after.attempt(), Math::max);
			int most = activity.policy().maximumAttempts();
			known.story.require(most == 0 || after.attempt() <= most,
					"activity " + id + " has at most " + most + " attempts", after);
			known.story.require(before.nextDue() == null || after.nextDue() != null || !now.isBefore(before.nextDue()),
					"activity " + id + " is tried again at " + before.nextDue() + ", it being " + now, after);
		}
	}

	/** What would be loaded is the fold of the whole history. */
	private void checkStored(Known known) {
		StoredRun stored = store.load(List.of(known.story.key().runId())).getFirst();
		RunState state = Objects.requireNonNull(known.state);
		StoredSnapshot snapshot = stored.snapshot();
		RunState loaded = (snapshot != null) ? Kernel.evolve(StateJson.read(snapshot.body()), events(stored.tail()))
				: Kernel.create(state.key(), events(stored.tail()));
		known.story.require(loaded.equals(state), "it loads as " + state, loaded);
		List<RecordedEvent> history = events(store.history(state.key().runId(), 1));
		known.story.require(history.equals(known.story.events()), "the store keeps what was committed", history);
		RunState folded = Kernel.create(state.key(), history);
		known.story.require(folded.equals(state), "its history folds to " + state, folded);
		RunState through = StateJson.read(StateJson.write(state));
		known.story.require(through.equals(state), "its snapshot reads as " + state, through);
	}

	private static List<RecordedEvent> events(List<StoredTransition> rows) {
		List<RecordedEvent> events = new ArrayList<>();
		rows.forEach(row -> events.addAll(HistoryJson.read(row.firstEventId(), row.body()).recorded()));
		return events;
	}

	/**
	 * {@inheritDoc} Sometimes with a snapshot where none was taken, as any prefix of a
	 * history and the rest of it must make the same run.
	 */
	@Override
	public List<StoredRun> load(Collection<String> runIds) {
		return store.load(runIds).stream().map(this::withSnapshot).toList();
	}

	private StoredRun withSnapshot(StoredRun stored) {
		List<StoredTransition> tail = stored.tail();
		if (tail.size() < 2 || stored.snapshot() != null || !chance.in(0.3)) {
			return stored;
		}
		int cut = chance.below(tail.size() - 1) + 1;
		RunState state = Kernel.create(stored.record().key(), events(tail.subList(0, cut)));
		return new StoredRun(stored.record(), new StoredSnapshot(state.lastEventId(), StateJson.write(state)),
				tail.subList(cut, tail.size()), stored.messagesLeft());
	}

	@Override
	public boolean offer(InboxEntry entry) {
		boolean left = store.offer(entry);
		world.trace(
				(left ? "leaves " : "cannot leave ") + entry.requestId() + " for the owner of " + entry.key().runId());
		return left;
	}

	// What leaves the engine

	/** An attempt is handed over: it and its activity must be in the store. */
	void dispatched(ActivityTask task) {
		checked(() -> requireCommitted(task.key().runId(), task.activityId(), task.attempt()));
	}

	/** An attempt begins. */
	void attempted(ActivityInfo info, boolean local) {
		world.trace(
				"attempts " + (local ? "local " : "") + info.runId() + ":" + info.activityId() + " " + info.attempt());
		checked(() -> {
			if (local) {
				requireStarted(info);
			}
			else {
				requireCommitted(info.runId(), info.activityId(), info.attempt());
				requireFirst(info);
			}
		});
	}

	/** Whoever takes a run over either counts an attempt as lost or has it to itself. */
	private void requireFirst(ActivityInfo info) {
		Known known = Objects.requireNonNull(runs.get(info.runId()));
		String attempt = info.activityId() + ":" + info.attempt();
		known.story.require(known.begun.add(attempt) || !tasksComeOnce, "an attempt begins at most once", attempt);
	}

	/**
	 * What asked for a local activity is committed with its outcome, but not its input. A
	 * process to which nobody has said yet that another has gone on with the run may be
	 * at what that one is done with.
	 */
	private void requireStarted(ActivityInfo info) {
		String what = "attempt %d of local activity %d of run %s".formatted(info.attempt(), info.activityId(),
				info.runId());
		Known known = runs.get(info.runId());
		if (known == null) {
			throw new Contradiction("Expected nothing of a run that is not committed, but found " + what);
		}
		int failed = known.story.failedAttempts(info.activityId());
		boolean wentOnElsewhere = known.lastWriter != world.current();
		known.story.require(info.attempt() > failed || known.story.isSettled(info.activityId()) || wentOnElsewhere,
				"its local activities go on after attempt " + failed, what);
	}

	void performed(ActivityInfo info) {
		world.trace("performed " + info.runId() + ":" + info.activityId() + " " + info.attempt());
	}

	private void requireCommitted(String runId, int activityId, int attempt) {
		Known known = runs.get(runId);
		String what = "attempt %d of activity %d of run %s".formatted(attempt, activityId, runId);
		if (known == null) {
			throw new Contradiction("Expected nothing of a run that is not committed, but found " + what);
		}
		HistoryEvent.ActivityScheduled scheduled = known.story.scheduled(activityId);
		known.story.require(scheduled != null, "nothing leaves it before its commit", what);
		int most = Objects.requireNonNull(scheduled).policy().maximumAttempts();
		int committed = known.highest.getOrDefault(activityId, 1);
		known.story.require(attempt <= committed && (most == 0 || attempt <= most),
				"attempts of activity " + activityId + " are committed, the last being " + committed, what);
	}

	// The end

	/** Faults are over, clients are gone, everything has had its time. */
	void finish() {
		checked(() -> {
			for (Known known : runs.values()) {
				known.story.require(known.story.isClosed(), "it ends once faults are over", "that it has not");
				checkStored(known);
				known.story.neighbours().check(known.story, this);
			}
			acknowledgements.check(this);
		});
	}

	void checked(Runnable check) {
		try {
			check.run();
		}
		catch (Contradiction ex) {
			world.fail(Objects.requireNonNull(ex.getMessage()), ex);
		}
		catch (RuntimeException ex) {
			world.fail("Expected the history to be read, but " + ex, ex);
		}
	}

	/** Also those that had to tell others of their end have done so. */
	boolean allClosed() {
		return runs.values().stream().allMatch(known -> known.story.isClosed() && known.owner == null);
	}

	private static final class Known {

		private final RunStory story;

		private final Map<Integer, Integer> highest = new HashMap<>();

		private final Set<TaskToken> turns = new HashSet<>();

		private final Set<String> begun = new HashSet<>();

		private @Nullable RunState state;

		private RunOverlay overlay = RunOverlay.EMPTY;

		private long version;

		private @Nullable Process lastWriter;

		private @Nullable String owner;

		Known(RunStory story) {
			this.story = story;
		}

	}

}
