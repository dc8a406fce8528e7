package io.reprise.it.replicas;

import java.time.Duration;
import java.util.List;

import io.reprise.ActivityOptions;
import io.reprise.Promise;
import io.reprise.Workflow;
import io.reprise.Workflows;

/** Does what its name says. */
@Workflow
public class Errand {

	private final Jobs jobs;

	private final Jobs once;

	private boolean called;

	public Errand(@ActivityOptions(initialInterval = "1s", startToCloseTimeout = "1h") Jobs jobs,
			@ActivityOptions(maximumAttempts = 1, startToCloseTimeout = "1h") Jobs once) {
		this.jobs = jobs;
		this.once = once;
	}

	@Workflow.Run
	public List<String> run(String name, Kind kind) {
		return switch (kind) {
			case ONCE -> List.of(once.perform(name));
			case RETRIED -> List.of(jobs.retried(name));
			case SLEEPING -> {
				Workflows.sleep(Duration.ofSeconds(1));
				yield List.of(once.perform(name));
			}
			case CALLED -> {
				Workflows.await(() -> called);
				yield List.of(once.perform(name));
			}
			case BESIDE -> {
				Promise<String> slow = Workflows.async(() -> once.perform(name + "-slow"));
				String first = once.perform(name + "-1");
				Workflows.sleep(Duration.ofMillis(100));
				yield List.of(first, once.perform(name + "-2"), slow.get());
			}
		};
	}

	@Workflow.Signal
	public void call() {
		called = true;
	}

	/** What it does. */
	public enum Kind {

		/** One activity, which must not run twice. */
		ONCE,
		/** One that fails at first. */
		RETRIED,
		/** A timer, then an activity. */
		SLEEPING,
		/** A signal, then an activity. */
		CALLED,
		/** A slow activity, and beside it others one after the other. */
		BESIDE

	}

}
