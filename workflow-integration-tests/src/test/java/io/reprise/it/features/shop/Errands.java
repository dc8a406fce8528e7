package io.reprise.it.features.shop;

import java.time.Duration;

import io.reprise.Activities;
import io.reprise.Activity;
import io.reprise.ActivityOptions;
import io.reprise.Placement;
import org.slf4j.MDC;

/**
 * Activities that run in the workflow's own worker.
 */
@Activity
@ActivityOptions(placement = Placement.LOCAL)
public class Errands {

	private static final Duration TICK = Duration.ofMillis(10);

	private final Probe probe;

	Errands(Probe probe) {
		this.probe = probe;
	}

	public String fetch(String key, String what) {
		probe.note(key, what);
		return what + " fetched";
	}

	public String flaky(String key, int failures) {
		int attempt = Activities.info().attempt();
		probe.note(key, Activities.info().idempotencyKey() + " " + attempt);
		if (attempt <= failures) {
			throw new IllegalStateException("Not at attempt " + attempt);
		}
		return "attempt " + attempt;
	}

	public String hold(String key) {
		probe.note(key, "held at attempt " + Activities.info().attempt());
		probe.hold(key);
		return "let go";
	}

	public String meet(String key, int parties) {
		probe.meet(key, parties);
		return "met";
	}

	public void untilCancelled(String key) {
		probe.note(key, "begun");
		while (!Activities.cancelled()) {
			probe.hold("never", TICK);
		}
		probe.note(key, "cancelled");
	}

	/**
	 * Ends when {@link #untilCancelled} has begun: what has not cannot notice its end.
	 */
	public void untilBegun(String key) {
		while (!probe.notes(key).contains("begun")) {
			probe.hold("never", TICK);
		}
	}

	public String blob(int bytes) {
		return "x".repeat(bytes);
	}

	public int length(String text) {
		return text.length();
	}

	public String mdc() {
		return MDC.get("activityType") + " " + MDC.get("attempt") + " " + MDC.get("workflowType");
	}

}
