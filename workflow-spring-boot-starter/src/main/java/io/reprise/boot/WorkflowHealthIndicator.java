package io.reprise.boot;

import io.reprise.engine.EngineHealth;
import io.reprise.engine.EngineHealth.State;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Tells how the engine fares. Up while it runs and its database answers; runs that a bug
 * stalls are a detail, since other runs go on, unless the configuration says otherwise.
 */
final class WorkflowHealthIndicator extends AbstractHealthIndicator {

	private final WorkflowRuntime runtime;

	private final boolean stalledIsDown;

	WorkflowHealthIndicator(WorkflowRuntime runtime, boolean stalledIsDown) {
		super("Expected to ask the workflow engine for its health, but it failed");
		this.runtime = runtime;
		this.stalledIsDown = stalledIsDown;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		runtime.startedEngine()
			.ifPresentOrElse((engine) -> check(engine.health(), builder),
					() -> builder.down().withDetail("engine", State.STOPPED));
	}

	private void check(EngineHealth health, Health.Builder builder) {
		String storeError = health.storeError();
		long stalled = health.stalledRuns();
		boolean up = health.state() == State.RUNNING && storeError == null && !(stalledIsDown && stalled > 0);
		builder.status(up ? Status.UP : Status.DOWN);
		builder.withDetail("engine", health.state()).withDetail("stalledRuns", stalled);
		if (storeError != null) {
			builder.withDetail("store", storeError);
		}
	}

}
