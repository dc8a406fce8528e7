package io.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import io.reprise.HistoryEntry;
import io.reprise.WorkflowDescription;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowRef;
import io.reprise.WorkflowStatus;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on one run. Status and history are read once, when the assertions begin; a
 * failing assertion prints the history. No assertion lets time pass.
 *
 * @see WorkflowAssertions#assertThat(WorkflowRef)
 */
public class WorkflowAssert extends AbstractAssert<WorkflowAssert, WorkflowRef> {

	private static final Duration ROUNDING = Duration.ofMillis(1);

	private static final Set<String> SCHEDULES = Set.of("ActivityScheduled", "LocalActivityCompleted",
			"LocalActivityFailed", "LocalActivityCanceled");

	private final WorkflowDescription description;

	private final HistoryLines history;

	WorkflowAssert(WorkflowRef actual, WorkflowDescription description, HistoryLines history) {
		super(actual, WorkflowAssert.class);
		this.description = description;
		this.history = history;
	}

	static WorkflowAssert of(@Nullable WorkflowRef workflow) {
		if (workflow == null) {
			throw new AssertionError("Expected a workflow, but the handle is null");
		}
		if (workflow instanceof SkippingRef skipping) {
			skipping.time().settle();
		}
		return new WorkflowAssert(workflow, workflow.describe(), new HistoryLines(workflow.history()));
	}

	/**
	 * Verifies that the run is open, and no bug stalls it.
	 * @return this
	 */
	public WorkflowAssert isRunning() {
		return notStalled().hasStatus(WorkflowStatus.RUNNING);
	}

	/**
	 * Verifies that the workflow returned.
	 * @return this
	 */
	public WorkflowAssert completed() {
		return hasStatus(WorkflowStatus.COMPLETED);
	}

	/**
	 * Verifies that the workflow failed.
	 * @return this
	 */
	public WorkflowAssert failed() {
		return hasStatus(WorkflowStatus.FAILED);
	}

	/**
	 * Verifies that the workflow failed with an exception of a type, or with one that it
	 * caused.
	 * @param type as recorded: name of the exception's class, or what
	 * {@link io.reprise.ApplicationFailure} was given
	 * @return this
	 */
	public WorkflowAssert failedWith(String type) {
		failed();
		Map<?, ?> failure = (Map<?, ?>) history.events().getLast().attributes().get("failure");
		for (Map<?, ?> next = failure; next != null; next = (Map<?, ?>) next.get("cause")) {
			if (type.equals(next.get("type")) || type.equals(next.get("kind"))) {
				return this;
			}
		}
		throw unmet("it to fail with %s, but it failed with %s", type,
				(failure != null) ? HistoryLines.failure(failure) : "nothing");
	}

	/**
	 * Verifies that the workflow failed with an exception of a class, or with one that it
	 * caused.
	 * @param type the class
	 * @return this
	 */
	public WorkflowAssert failedWith(Class<? extends Throwable> type) {
		failed();
		RuntimeException thrown = thrown();
		for (Throwable next = thrown; next != null; next = next.getCause()) {
			if (type.isInstance(next)) {
				return this;
			}
		}
		return failedWith(type.getName());
	}

	/**
	 * Verifies that the workflow ended as it was asked to by a cancellation.
	 * @return this
	 */
	public WorkflowAssert canceled() {
		return hasStatus(WorkflowStatus.CANCELED);
	}

	/**
	 * Verifies that the run was terminated.
	 * @return this
	 */
	public WorkflowAssert terminated() {
		return hasStatus(WorkflowStatus.TERMINATED);
	}

	/**
	 * Verifies the status.
	 * @param expected the status
	 * @return this
	 */
	public WorkflowAssert hasStatus(WorkflowStatus expected) {
		if (description.status() != expected) {
			throw unmet("it to be %s, but it is %s", expected, description.status());
		}
		return this;
	}

	/**
	 * Verifies that no bug keeps the run from going on.
	 * @return this
	 */
	public WorkflowAssert notStalled() {
		if (description.stall() != null) {
			throw unmet("no bug to stall it, but one does");
		}
		return this;
	}

	/**
	 * Verifies that the workflow completed with a result.
	 * @param expected the result
	 * @return this
	 */
	public WorkflowAssert hasResult(@Nullable Object expected) {
		completed();
		Class<?> type = (expected != null) ? expected.getClass() : Object.class;
		Object result = (actual instanceof WorkflowHandle<?, ?> handle) ? handle.result() : actual.result(type);
		if (!Objects.deepEquals(result, expected)) {
			throw unmet("the result <%s>, but it is <%s>", expected, result);
		}
		return this;
	}

	/**
	 * Verifies that the workflow called an activity, queued or local. Retries do not
	 * count as calls. An open local activity is seen after its turn only.
	 * @param activityType name of the activity, {@code Group.method}
	 * @return assertions on these calls
	 */
	public EventAssert scheduled(String activityType) {
		return found("activity " + activityType + " to be scheduled",
				event -> isSchedule(event) && activityType.equals(history.subject(event)));
	}

	/**
	 * Verifies that the workflow never called an activity.
	 * @param activityType name of the activity, {@code Group.method}
	 * @return this
	 */
	public WorkflowAssert notScheduled(String activityType) {
		return none("activity " + activityType + " not to be scheduled",
				event -> isSchedule(event) && activityType.equals(history.subject(event)));
	}

	/**
	 * Verifies that a signal was received.
	 * @param name its name
	 * @return assertions on these signals
	 */
	public EventAssert signaled(String name) {
		return found("a signal '" + name + "'",
				event -> event.type().equals("WorkflowSignaled") && name.equals(history.subject(event)));
	}

	/**
	 * Verifies that a signal was not received.
	 * @param name its name
	 * @return this
	 */
	public WorkflowAssert notSignaled(String name) {
		return none("no signal '" + name + "'",
				event -> event.type().equals("WorkflowSignaled") && name.equals(history.subject(event)));
	}

	/**
	 * Verifies that a cancellation was asked for.
	 * @return this
	 */
	public WorkflowAssert cancelRequested() {
		return found("a request to cancel", event -> event.type().equals("WorkflowCancelRequested"));
	}

	/**
	 * Verifies that the workflow set a timer, and it fired: by a sleep, or the time-out
	 * of an {@code await} that passed.
	 * @param duration for how long, to the millisecond
	 * @return assertions on these timers
	 */
	public EventAssert slept(Duration duration) {
		Set<Object> fired = new HashSet<>();
		history.events()
			.stream()
			.filter(event -> event.type().equals("TimerFired"))
			.forEach(event -> fired.add(event.attributes().getOrDefault("timerId", "")));
		return found("a timer of " + duration + " that fired",
				event -> isTimer(event, duration) && fired.contains(event.attributes().getOrDefault("timerId", "")));
	}

	/**
	 * Verifies that the workflow set a timer, fired or not.
	 * @param duration for how long, to the millisecond
	 * @return assertions on these timers
	 */
	public EventAssert startedTimer(Duration duration) {
		return found("a timer of " + duration, event -> isTimer(event, duration));
	}

	/**
	 * Verifies that the run took the changed path of a patch.
	 * @param patchId names the change
	 * @return this
	 */
	public WorkflowAssert patched(String patchId) {
		return found("patch '" + patchId + "' to be taken",
				event -> event.type().equals("PatchRecorded") && patchId.equals(history.subject(event)));
	}

	/**
	 * Verifies that events happened in an order. Others may stand between them.
	 * @param events each the kind of an event, such as {@code TimerFired}, or kind and
	 * subject, such as {@code ActivityScheduled Payments.charge} or
	 * {@code WorkflowSignaled hold}
	 * @return this
	 */
	public WorkflowAssert hasEventsInOrder(String... events) {
		int next = 0;
		for (HistoryEntry event : history.events()) {
			if (next < events.length && history.isMeantBy(event, events[next])) {
				next++;
			}
		}
		if (next < events.length) {
			throw unmet("the events %s in this order, but after the first %d there is no '%s'", Arrays.toString(events),
					next, events[next]);
		}
		return this;
	}

	/**
	 * Verifies the whole history, other than the markers of its turns.
	 * @param events each the kind of an event, or kind and subject
	 * @return this
	 * @see #hasEventsInOrder
	 */
	public WorkflowAssert hasExactlyEvents(String... events) {
		List<HistoryEntry> found = history.events()
			.stream()
			.filter(event -> !event.type().equals("WorkflowTaskCompleted"))
			.toList();
		for (int i = 0; i < Math.max(found.size(), events.length); i++) {
			String expected = (i < events.length) ? "'" + events[i] + "'" : "no more events";
			if (i >= found.size()) {
				throw unmet("%s as event number %d without markers, but there are only %d", expected, i + 1,
						found.size());
			}
			if (i >= events.length || !history.isMeantBy(found.get(i), events[i])) {
				throw unmet("%s as event number %d without markers, but it is '%s'", expected, i + 1,
						history.label(found.get(i)));
			}
		}
		return this;
	}

	private EventAssert found(String what, Predicate<HistoryEntry> filter) {
		List<HistoryEntry> found = history.events().stream().filter(filter).toList();
		if (found.isEmpty()) {
			throw unmet("%s, but nothing of the kind happened", what);
		}
		return new EventAssert(this, what, found);
	}

	private WorkflowAssert none(String what, Predicate<HistoryEntry> filter) {
		List<Long> found = new ArrayList<>();
		history.events().stream().filter(filter).forEach(event -> found.add(event.id()));
		if (!found.isEmpty()) {
			throw unmet("%s, but see events %s", what, found);
		}
		return this;
	}

	private static boolean isSchedule(HistoryEntry event) {
		return SCHEDULES.contains(event.type());
	}

	private static boolean isTimer(HistoryEntry event, Duration duration) {
		return event.attributes().get("fireAt") instanceof String fireAt && event.type().equals("TimerStarted")
				&& Duration.between(event.time(), Instant.parse(fireAt)).minus(duration).abs().compareTo(ROUNDING) <= 0;
	}

	private @Nullable RuntimeException thrown() {
		try {
			actual.result(Object.class);
			return null;
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	/**
	 * An error that says what was expected, and prints the history.
	 * @param expectation what follows "Expected"
	 * @param arguments for the expectation
	 * @return the error
	 */
	AssertionError unmet(String expectation, @Nullable Object... arguments) {
		return failure("%s", "Expected " + expectation.formatted(arguments) + ":\n" + history.print(description));
	}

	WorkflowDescription description() {
		return description;
	}

	HistoryLines history() {
		return history;
	}

	WorkflowRef workflow() {
		return actual;
	}

}
