package io.reprise.boot;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.reprise.engine.Engine;
import io.reprise.engine.EngineHealth;
import io.reprise.engine.EngineHealth.State;

/**
 * What alarms are set on: stalled runs, whether the engine runs, writes that were fenced
 * off, and inputs that were skipped.
 */
final class WorkflowMetrics implements MeterBinder {

	private final WorkflowRuntime runtime;

	WorkflowMetrics(WorkflowRuntime runtime) {
		this.runtime = runtime;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("workflow.runs.stalled", runtime, WorkflowMetrics::stalledRuns)
			.description("Open runs that a bug keeps from going on")
			.register(registry);
		Gauge.builder("workflow.engine.up", runtime, WorkflowMetrics::up)
			.description("1 while the engine runs and its database answers")
			.register(registry);
		FunctionCounter.builder("workflow.fenced.writes", runtime, WorkflowMetrics::fencedWrites)
			.description("Writes that were rejected because the run had changed hands or version, and decided again")
			.register(registry);
		FunctionCounter.builder("workflow.inputs.skipped", runtime, WorkflowMetrics::skippedInputs)
			.description("Signals that a workflow passed over, as it has no handler or could not read the arguments")
			.register(registry);
	}

	private static double skippedInputs(WorkflowRuntime runtime) {
		return runtime.startedEngine().map(Engine::health).map(EngineHealth::skippedInputs).orElse(0L);
	}

	private static double fencedWrites(WorkflowRuntime runtime) {
		return runtime.startedEngine().map(Engine::health).map(EngineHealth::fencedWrites).orElse(0L);
	}

	private static double stalledRuns(WorkflowRuntime runtime) {
		return runtime.startedEngine().map(Engine::health).map(EngineHealth::stalledRuns).orElse(0L);
	}

	private static double up(WorkflowRuntime runtime) {
		boolean up = runtime.startedEngine()
			.map(Engine::health)
			.filter((health) -> health.state() == State.RUNNING && health.storeError() == null)
			.isPresent();
		return up ? 1 : 0;
	}

}
