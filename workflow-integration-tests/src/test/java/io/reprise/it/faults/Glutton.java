package io.reprise.it.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.reprise.ActivityFailure;
import io.reprise.ApplicationFailure;
import io.reprise.Promise;
import io.reprise.Workflow;
import io.reprise.Workflows;

/** Goes beyond one limit or another. */
@Workflow
public class Glutton {

	static final ReentrantLock FOREIGN_LOCK = new ReentrantLock();

	private final Steps steps;

	private final List<String> notes = new ArrayList<>();

	public Glutton(Steps steps) {
		this.steps = steps;
	}

	@Workflow.Run
	public String run(String what, int amount) {
		return switch (what) {
			case "argument" -> argument(amount);
			case "activity-result" -> activityResult(amount);
			case "result" -> "x".repeat(amount);
			case "timers" -> timers(amount);
			case "activities" -> activities(amount);
			case "heartbeat" -> steps.heartbeat(amount);
			case "side-effect" -> Workflows.sideEffect(String.class, () -> "x".repeat(amount));
			case "details" ->
				throw ApplicationFailure.nonRetryable("Large", "too large").withDetails("x".repeat(amount));
			case "full" -> full(amount);
			case "history" -> history(amount);
			case "lock" -> lock();
			default -> throw new IllegalArgumentException("Expected a limit, but it is " + what);
		};
	}

	private String argument(int amount) {
		try {
			return "length " + steps.length("x".repeat(amount));
		}
		catch (ApplicationFailure failure) {
			return "refused: " + failure.type();
		}
	}

	private String activityResult(int amount) {
		try {
			return "length " + steps.blob(amount).length();
		}
		catch (ActivityFailure failure) {
			return "failed: " + (failure.isCausedBy("PayloadTooLarge") ? "PayloadTooLarge" : failure.getCause());
		}
	}

	private String timers(int amount) {
		List<Promise<Void>> timers = new ArrayList<>();
		try {
			for (int i = 0; i < amount; i++) {
				timers.add(Workflows.timer(Duration.ofDays(1)));
			}
			return "all set";
		}
		catch (ApplicationFailure failure) {
			return "refused: " + failure.type() + " after " + timers.size();
		}
	}

	private String activities(int amount) {
		List<Promise<Integer>> lengths = new ArrayList<>();
		try {
			for (int i = 0; i < amount; i++) {
				lengths.add(Workflows.async(() -> steps.length("x")));
			}
			return "all of " + Workflows.all(lengths).size();
		}
		catch (ApplicationFailure failure) {
			return "refused: " + failure.type();
		}
	}

	private String full(int amount) {
		history(amount);
		Workflows.await(() -> false);
		return "never";
	}

	private String history(int amount) {
		for (int i = 0; i < amount; i++) {
			Workflows.sleep(Duration.ofMillis(1));
		}
		return "done";
	}

	private String lock() {
		FOREIGN_LOCK.lock();
		try {
			return "locked";
		}
		finally {
			FOREIGN_LOCK.unlock();
		}
	}

	@Workflow.Signal
	public void note(String text) {
		notes.add(text);
	}

	@Workflow.Query
	public String echo(String text) {
		return text;
	}

}
