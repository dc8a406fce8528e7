package io.reprise.testkit.simulator;

import java.time.Duration;

import io.reprise.Activities;
import io.reprise.Activity;
import io.reprise.ActivityInfo;
import io.reprise.ApplicationFailure;

/**
 * The activities of the simulation.
 */
@Activity
public class Chores {

	private final World world;

	private final Oracle oracle;

	Chores(World world, Oracle oracle) {
		this.world = world;
		this.oracle = oracle;
	}

	/**
	 * Takes its time, fails if it shall.
	 */
	public String perform(Step step) {
		ActivityInfo info = Activities.info();
		oracle.attempted(info, step.local());
		switch (step.kind()) {
			case SLOW_ACTIVITY -> world.sleep(Duration.ofMillis((info.attempt() <= step.count()) ? 6_000 : 3));
			case BEATING_ACTIVITY -> {
				for (int i = 0; i < 3; i++) {
					world.sleep(Duration.ofMillis(step.millis()));
					Activities.heartbeat(i);
				}
			}
			default -> {
				if (step.millis() > 0) {
					world.sleep(Duration.ofMillis(step.millis()));
				}
			}
		}
		if (step.kind() == Step.Kind.DOOMED_ACTIVITY) {
			throw ApplicationFailure.nonRetryable("Doomed", "as planned");
		}
		if (step.kind() != Step.Kind.SLOW_ACTIVITY && info.attempt() <= step.count()) {
			throw ApplicationFailure.retryable("Planned", "as planned");
		}
		oracle.performed(info);
		return "done " + info.activityId();
	}

}
