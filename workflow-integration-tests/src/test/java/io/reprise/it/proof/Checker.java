package io.reprise.it.proof;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.kernel.Kernel;
import io.reprise.kernel.RunState;
import io.reprise.kernel.StateJson;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.HistoryJson;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.Transition;

/**
 * Reads what a database holds, past the engine, and tells what must not be there or is
 * missing.
 */
final class Checker {

	private static final int COMPLETED = 1;

	private static final int CANCELED = 3;

	private final String url;

	private final List<String> violations = new ArrayList<>();

	private final Map<String, List<Transition>> histories = new HashMap<>();

	private final Map<String, Row> runs = new HashMap<>();

	Checker(String url) {
		this.url = url;
	}

	/**
	 * Checks all runs.
	 * @param log what clients were told
	 * @return what is wrong, nothing if all is well
	 */
	List<String> check(AckLog log) {
		try (Connection connection = DriverManager.getConnection(url)) {
			readRuns(connection);
			readHistories(connection);
			runs.values()
				.forEach((run) -> new RunCheck(run, histories.getOrDefault(run.runId(), List.of())).check(log));
			log.starts().forEach(this::checkStart);
			checkStartedOnce();
			checkSnapshots(connection);
			checkLedger(connection);
			checkDoneOnce(connection);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Expected to check " + url, ex);
		}
		return violations;
	}

	int runs() {
		return runs.size();
	}

	/**
	 * When each run stood still for longest.
	 * @param since pauses that ended earlier do not count
	 * @return the longest pause of each run
	 */
	Map<String, Pause> longestPauses(Instant since) {
		Map<String, Pause> longest = new HashMap<>();
		histories.forEach((runId, transitions) -> {
			for (int i = 1; i < transitions.size(); i++) {
				Pause pause = new Pause(transitions.get(i - 1), transitions.get(i));
				if (pause.after().time().isAfter(since)) {
					longest.merge(runId, pause, (one, other) -> (one.compareTo(other) >= 0) ? one : other);
				}
			}
		});
		return longest;
	}

	long events() {
		return runs.values().stream().mapToLong(Row::events).sum();
	}

	private void readRuns(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(
						"select run_id, workflow_id, status, history_events, stall_message from workflow_execution")) {
			while (rows.next()) {
				Row row = new Row(rows.getString(1), rows.getString(2), rows.getInt(3), rows.getLong(4),
						rows.getString(5));
				runs.put(row.runId(), row);
			}
		}
	}

	private void readHistories(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select run_id, first_event_id, body, body_rest "
						+ "from workflow_history order by run_id, first_event_id")) {
			while (rows.next()) {
				histories.computeIfAbsent(rows.getString(1), (runId) -> new ArrayList<>())
					.add(HistoryJson.read(rows.getLong(2), body(rows.getBytes(3), rows.getBytes(4))));
			}
		}
		histories.keySet()
			.stream()
			.filter((runId) -> !runs.containsKey(runId))
			.forEach((runId) -> violations.add(runId + " has a history, but there is no such run"));
	}

	private static byte[] body(byte[] body, byte[] rest) {
		if (rest == null) {
			return body;
		}
		byte[] whole = Arrays.copyOf(body, body.length + rest.length);
		System.arraycopy(rest, 0, whole, body.length, rest.length);
		return whole;
	}

	private void checkStart(String workflowId, String runId) {
		Row run = runs.get(runId);
		if (run == null || !run.workflowId().equals(workflowId)) {
			violations.add("The start of %s was acknowledged as run %s, which is lost".formatted(workflowId, runId));
		}
	}

	/** Each workflow id is asked for by one request, sent once or often. */
	private void checkStartedOnce() {
		Map<String, Row> first = new HashMap<>();
		for (Row run : runs.values()) {
			Row other = first.putIfAbsent(run.workflowId(), run);
			if (other != null) {
				violations.add("One request has started two runs: %s and %s".formatted(other, run));
			}
		}
	}

	/** Folding from a snapshot gives what folding from the beginning gives. */
	private void checkSnapshots(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement
					.executeQuery("select run_id, last_event_id, body, body_rest from workflow_snapshot")) {
			while (rows.next()) {
				Row run = runs.get(rows.getString(1));
				if (run == null) {
					violations.add(rows.getString(1) + " has a snapshot, but there is no such run");
					continue;
				}
				long last = rows.getLong(2);
				List<RecordedEvent> events = events(run.runId());
				RunState fromSnapshot = Kernel.evolve(StateJson.read(body(rows.getBytes(3), rows.getBytes(4))),
						events.stream().filter((event) -> event.id() > last).toList());
				RunState fromStart = Kernel.create(new ExecutionKey("default", run.workflowId(), run.runId()), events);
				if (!Arrays.equals(StateJson.write(fromSnapshot), StateJson.write(fromStart))) {
					violations.add(run + ": its snapshot at " + last + " differs from its history");
				}
			}
		}
	}

	private List<RecordedEvent> events(String runId) {
		return histories.getOrDefault(runId, List.of()).stream().flatMap((row) -> row.recorded().stream()).toList();
	}

	/** No attempt begins once a result is recorded, and no result is of work not done. */
	private void checkLedger(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select run_id, activity_id, max(attempt) from proof_ledger "
						+ "group by run_id, activity_id")) {
			Map<String, Integer> attempts = new HashMap<>();
			while (rows.next()) {
				attempts.put(rows.getString(1) + ":" + rows.getInt(2), rows.getInt(3));
			}
			histories.forEach((runId, transitions) -> transitions.stream()
				.flatMap((transition) -> transition.events().stream())
				.filter(HistoryEvent.ActivityCompleted.class::isInstance)
				.map(HistoryEvent.ActivityCompleted.class::cast)
				.forEach((completed) -> {
					Integer last = attempts.get(runId + ":" + completed.activityId());
					if (last == null || last != completed.attempt()) {
						violations.add("%s: activity %d was completed by attempt %d, but the last that worked is %s"
							.formatted(runId, completed.activityId(), completed.attempt(), last));
					}
				}));
		}
	}

	/** An attempt that nobody knows the end of counts as lost; it is not made again. */
	private void checkDoneOnce(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement
					.executeQuery("select run_id, activity_id, attempt, count(*) from proof_ledger "
							+ "group by run_id, activity_id, attempt having count(*) > 1")) {
			while (rows.next()) {
				violations.add("%s: attempt %d of activity %d was made %d times".formatted(rows.getString(1),
						rows.getInt(3), rows.getInt(2), rows.getInt(4)));
			}
		}
	}

	/**
	 * A run's row.
	 *
	 * @param runId its id
	 * @param workflowId its workflow's
	 * @param status code of its status
	 * @param events number of events
	 * @param stall what stalls it, or {@code null}
	 */
	private record Row(String runId, String workflowId, int status, long events, String stall) {

	}

	/** One run. */
	private final class RunCheck {

		private final Row run;

		private final List<Transition> transitions;

		private final Map<Integer, Instant> timers = new HashMap<>();

		private final Map<Integer, Integer> resolutions = new HashMap<>();

		private final Map<String, Integer> signals = new HashMap<>();

		private List<?> heard = List.of();

		private boolean closed;

		RunCheck(Row run, List<Transition> transitions) {
			this.run = run;
			this.transitions = transitions;
		}

		void check(AckLog log) {
			long next = 1;
			for (Transition transition : transitions) {
				if (transition.firstEventId() != next) {
					wrong("event %d follows event %d".formatted(transition.firstEventId(), next - 1));
				}
				next = transition.firstEventId() + transition.events().size();
				transition.events().forEach((event) -> take(event, transition.time()));
			}
			if (run.events() != next - 1) {
				wrong("its row says %d events, its history has %d".formatted(run.events(), next - 1));
			}
			boolean cancelled = log.isCancelled(run.workflowId()) && run.status() == CANCELED;
			if ((run.status() != COMPLETED && !cancelled) || !closed) {
				wrong("it did not complete");
			}
			resolutions.forEach((id, count) -> {
				if (count > 1) {
					wrong("activity or timer %d has %d outcomes".formatted(id, count));
				}
			});
			signals.forEach((id, count) -> {
				if (count > 1) {
					wrong("signal %s came %d times".formatted(id, count));
				}
			});
			log.signals(run.workflowId()).forEach((news) -> {
				if (!signals.containsKey(news) || (!cancelled && !heard.contains(news))) {
					wrong("signal %s was acknowledged, but its history has %s and it heard %s".formatted(news,
							signals.keySet(), heard));
				}
			});
		}

		private void take(HistoryEvent event, Instant time) {
			if (closed) {
				wrong(event.getClass().getSimpleName() + " after its end");
			}
			switch (event) {
				case HistoryEvent.TimerStarted timer -> timers.put(timer.timerId(), timer.fireAt());
				case HistoryEvent.TimerFired fired -> {
					resolutions.merge(fired.timerId(), 1, Integer::sum);
					Instant due = timers.get(fired.timerId());
					if (due == null || time.isBefore(due)) {
						wrong("timer %d fired at %s, due at %s".formatted(fired.timerId(), time, due));
					}
				}
				case HistoryEvent.ActivityCompleted e -> resolutions.merge(e.activityId(), 1, Integer::sum);
				case HistoryEvent.ActivityFailed e -> resolutions.merge(e.activityId(), 1, Integer::sum);
				case HistoryEvent.ActivityTimedOut e -> resolutions.merge(e.activityId(), 1, Integer::sum);
				case HistoryEvent.WorkflowSignaled signal -> signals.merge(signal.requestId(), 1, Integer::sum);
				case HistoryEvent.WorkflowCompleted completed -> {
					closed = true;
					heard = (List<?>) JacksonPayloadConverter.withDefaults()
						.fromPayload(completed.result(), List.class);
				}
				case HistoryEvent.Closing closing -> closed = true;
				default -> {
				}
			}
		}

		private void wrong(String what) {
			violations.add("%s: %s".formatted(run, what));
		}

	}

}
