package io.reprise.boot;

import java.time.Duration;
import java.time.InstantSource;

import io.reprise.client.EmbeddedGateway;
import io.reprise.client.EmbeddedRunSource;
import io.reprise.client.WorkflowGateway;
import io.reprise.engine.Engine;
import io.reprise.engine.SystemTicker;
import io.reprise.replay.ActivityPolicies;
import io.reprise.spi.Ticker;
import io.reprise.worker.Worker;
import org.jspecify.annotations.Nullable;

/**
 * One engine with its worker, from a start of the application context to its stop.
 */
final class RuntimeNode {

	private final Engine engine;

	private final Worker worker;

	private final WorkflowGateway gateway;

	/** Of our own if the application's ticker does not show the machine's time. */
	private final @Nullable SystemTicker ownTicker;

	RuntimeNode(WorkflowProperties properties, String buildId, Definitions definitions, RuntimeParts parts,
			ActivityPolicies policies) {
		Ticker ticker = parts.ticker();
		ownTicker = (ticker instanceof SystemTicker) ? null : new SystemTicker();
		InstantSource clock = (ticker instanceof InstantSource source) ? source : InstantSource.system();
		worker = new Worker(properties.workerSettings(buildId), definitions.workflows(), definitions.activities(),
				parts.converter(), policies, properties.replayLimits(), ticker,
				(ownTicker != null) ? ownTicker : ticker, clock);
		engine = new Engine(parts.engineSettings(), parts.store(), parts.registry(), worker, ticker, parts.ids(),
				definitions.workflows()::types);
		gateway = new EmbeddedGateway(engine, worker, parts.transaction());
	}

	void start() {
		worker.start(engine, new EmbeddedRunSource(engine.runs()));
		engine.start();
	}

	/**
	 * Stops as gracefully as the time allows.
	 * @param timeout how long to wait for activities that run
	 */
	void stop(Duration timeout) {
		engine.drain();
		boolean drained = worker.drain(timeout);
		engine.stop(drained);
		worker.stop();
		if (ownTicker != null) {
			ownTicker.close();
		}
	}

	Engine engine() {
		return engine;
	}

	Worker worker() {
		return worker;
	}

	WorkflowGateway gateway() {
		return gateway;
	}

}
