package io.reprise.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.reprise.ActivityInfo;
import io.reprise.spi.RunWrite;
import org.jspecify.annotations.Nullable;

/**
 * Proves that workflows survive crashes wherever they happen: runs a scenario once, again
 * with every turn replayed from the beginning, and then once for each transition that was
 * written, with the process dying right behind it and starting again. Engine, worker and
 * replayer are the real ones.
 *
 * <pre class="code">
 * try (var environment = WorkflowTestEnvironment.of(Transfer.class).activities(accounts).start()) {
 *     CrashTest.atEveryEvent(environment, () -&gt; {
 *         accounts.reset();
 *         return environment.client().execute(Transfer.class, w -&gt; w.run("a", "b"), StartOptions.withId("t"));
 *     });
 * }
 * </pre>
 *
 * Each time, the scenario must return an equal value, its runs must end in the same way
 * and must have made the same decisions: activities with their arguments, side effects,
 * patches. Their order may differ, where a workflow does several things at the same time,
 * and so may timers and how much time has passed. An activity whose outcome was recorded
 * must not run again. One that was under way may, as ever: its attempt counts as lost, so
 * activities of the scenario should have more than one.
 * <p>
 * The scenario may start workflows, send messages, wait and move time, through
 * {@link WorkflowTestEnvironment#client()} and {@link WorkflowTestEnvironment#time()}, in
 * the thread that calls it. It must name workflow ids, and begin the same each time.
 * Where a workflow does something else if a message comes early, the scenario has to wait
 * with the message, for instance for a query to say so.
 */
public final class CrashTest {

	private final WorkflowTestEnvironment environment;

	private final Collection<String> violations = new ConcurrentLinkedQueue<>();

	/** Activities whose outcome was recorded when the process died. */
	private final Set<String> settled = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private int commits;

	private int crashAfter;

	private volatile String crashedAfter = "";

	private CrashTest(WorkflowTestEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * Runs a scenario again and again, with a crash at another place each time.
	 * @param environment one that was started; runs it has are removed
	 * @param scenario what happens, compared by what it returns
	 * @return at how many places the process was let die
	 * @throws AssertionError if a crash makes a difference
	 */
	public static int atEveryEvent(WorkflowTestEnvironment environment, Supplier<? extends @Nullable Object> scenario) {
		return new CrashTest(environment).run(scenario);
	}

	/**
	 * Runs a scenario that returns nothing.
	 * @param environment one that was started; runs it has are removed
	 * @param scenario what happens
	 * @return at how many places the process was let die
	 * @throws AssertionError if a crash makes a difference
	 */
	public static int atEveryEvent(WorkflowTestEnvironment environment, Runnable scenario) {
		Supplier<@Nullable Object> nothing = () -> {
			scenario.run();
			return null;
		};
		return atEveryEvent(environment, nothing);
	}

	private int run(Supplier<? extends @Nullable Object> scenario) {
		environment.control().onCommit(this::committed);
		environment.control().onAttempt(this::attempted);
		try {
			Story expected = attempt(scenario, 0);
			int places = commits;
			if (places == 0) {
				throw new AssertionError("Expected the scenario to start workflows, but it wrote nothing");
			}
			environment.control().replayingEveryTurn(true);
			compare(expected, attempt(scenario, 0), "with every turn replayed");
			environment.control().replayingEveryTurn(false);
			for (int place = 1; place <= places; place++) {
				Story actual = attempt(scenario, place);
				compare(expected, actual, "after a crash behind transition %d (%s)".formatted(place, crashedAfter));
			}
			return places;
		}
		finally {
			environment.control().onCommit((store, writes) -> {
			});
			environment.control().onAttempt(attempt -> {
			});
			environment.control().replayingEveryTurn(false);
		}
	}

	private Story attempt(Supplier<? extends @Nullable Object> scenario, int place) {
		environment.reset();
		begin(place);
		Object value;
		try {
			value = scenario.get();
		}
		catch (RuntimeException | AssertionError ex) {
			if (place == 0) {
				throw ex;
			}
			throw new AssertionError("Expected the scenario to end as without a crash, but after one behind transition "
					+ "%d (%s) it threw %s".formatted(place, crashedAfter, ex), ex);
		}
		environment.control().awaitRestart();
		environment.time().settle();
		return new Story(value, Histories.list(environment.client(), "").toList());
	}

	private void begin(int place) {
		lock.lock();
		try {
			commits = 0;
			settled.clear();
			violations.clear();
			crashedAfter = "no transition";
			crashAfter = place;
		}
		finally {
			lock.unlock();
		}
	}

	private void committed(NodeStore store, List<RunWrite> writes) {
		Set<String> runs = new HashSet<>();
		writes.stream()
			.filter(write -> write.appended() != null)
			.forEach(write -> runs.add(write.record().key().runId()));
		if (!runs.isEmpty() && isPlaceOfTheCrash()) {
			environment.crashSoon(() -> look(runs));
		}
	}

	/** Commits of one lane come one after the other, but there are more lanes. */
	private boolean isPlaceOfTheCrash() {
		lock.lock();
		try {
			commits++;
			return commits == crashAfter;
		}
		finally {
			lock.unlock();
		}
	}

	private void look(Set<String> runs) {
		for (RecordedHistory history : CrashControl.histories(environment.store())) {
			settled.addAll(Outline.settledActivities(history));
			if (runs.contains(history.runId())) {
				crashedAfter = Outline.lastEvent(history);
			}
		}
	}

	private void attempted(ActivityInfo attempt) {
		if (settled.contains(attempt.idempotencyKey())) {
			violations.add("activity %s (%d) of '%s' ran again although its outcome was recorded"
				.formatted(attempt.activityType(), attempt.activityId(), attempt.workflowId()));
		}
	}

	private void compare(Story expected, Story actual, String when) {
		List<String> problems = new ArrayList<>(violations);
		if (!Objects.deepEquals(expected.value(), actual.value())) {
			problems.add("the scenario returned <%s>, not <%s>".formatted(actual.value(), expected.value()));
		}
		Map<String, Outline> before = expected.outlines();
		Map<String, Outline> after = actual.outlines();
		Set<String> workflows = new HashSet<>(before.keySet());
		workflows.addAll(after.keySet());
		for (String workflow : workflows.stream().sorted().toList()) {
			Outline nothing = Outline.NOTHING;
			before.getOrDefault(workflow, nothing)
				.differences(after.getOrDefault(workflow, nothing))
				.forEach(difference -> problems.add("workflow '" + workflow + "' " + difference));
		}
		if (!problems.isEmpty()) {
			throw new AssertionError("Expected the same %s, but %s".formatted(when, String.join("; and ", problems)));
		}
	}

	/**
	 * What came of a scenario.
	 */
	private record Story(@Nullable Object value, List<RecordedHistory> histories) {

		/** Runs of one workflow id are told together. */
		Map<String, Outline> outlines() {
			Map<String, Outline> outlines = new TreeMap<>();
			for (RecordedHistory history : histories) {
				outlines.merge(history.workflowId(), Outline.of(history), Outline::and);
			}
			return outlines;
		}

	}

}
