package io.reprise.it.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.ActivitySettings;
import io.reprise.WorkflowException;
import io.reprise.client.DefaultWorkflowClient;
import io.reprise.client.EmbeddedGateway;
import io.reprise.client.EmbeddedRunSource;
import io.reprise.client.KnownTypes;
import io.reprise.client.UuidV7Source;
import io.reprise.convert.FailureConverter;
import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.definition.ActivityBean;
import io.reprise.definition.ActivityOptionsResolver;
import io.reprise.definition.ActivityRegistry;
import io.reprise.definition.ActivityStubs;
import io.reprise.definition.WorkflowRegistry;
import io.reprise.engine.Engine;
import io.reprise.engine.EngineSettings;
import io.reprise.engine.SystemTicker;
import io.reprise.jpa.JpaPersistence;
import io.reprise.jpa.JpaSettings;
import io.reprise.kernel.Limits;
import io.reprise.protocol.ExecutionKey;
import io.reprise.replay.ReplayLimits;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.PayloadConverter;
import io.reprise.spi.StoreException;
import io.reprise.worker.Worker;
import io.reprise.worker.WorkerSettings;

/**
 * A process that faults are done to: engine, worker and client on a real database, as the
 * starter puts them together, with points to halt at in between. Requests come as lines,
 * {@code number operation argument …}, and are answered by {@code number ok|no …}.
 */
final class ProofNode {

	/** What it says when it waits for its start. */
	static final String WARM = "warm";

	private final HistoryStore store;

	private final Engine engine;

	private final Worker worker;

	private final Operations operations;

	private ProofNode(String url, Duration lease) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(url);
		pool.setMaximumPoolSize(12);
		pool.setConnectionTimeout(2_000);
		JpaPersistence persistence = new JpaPersistence(pool, JpaSettings.defaults());
		SystemTicker ticker = new SystemTicker();
		PayloadConverter converter = JacksonPayloadConverter.withDefaults();
		Port port = new Port(pool);
		ActivityRegistry activities = ActivityRegistry.of(List.of(new ActivityBean("port", Port.class, () -> port)));
		WorkflowRegistry workflows = WorkflowRegistry.of(Build.workflows(), new ActivityStubs(), converter);
		Limits limits = Limits.DEFAULT;
		worker = new Worker(WorkerSettings.defaults(Build.ID), workflows, activities, converter,
				new ActivityOptionsResolver(activities, Map.of(), ActivitySettings.none()),
				new ReplayLimits(limits.payloadBytes(), limits.pendingActivities(), limits.pendingTimers()), ticker,
				ticker, InstantSource.system());
		UuidV7Source ids = new UuidV7Source();
		store = new HaltingStore(persistence.historyStore());
		engine = new Engine(EngineSettings.defaults().withLease(lease), store,
				new HaltingParts.Registry(persistence.nodeRegistry()), new HaltingParts.Dispatch(worker), ticker, ids,
				workflows::types);
		worker.start(engine, new EmbeddedRunSource(engine.runs()));
		operations = new Operations(engine,
				new DefaultWorkflowClient(new EmbeddedGateway(engine, worker), KnownTypes.of(workflows), converter,
						new FailureConverter(converter), ids, ExecutionKey.DEFAULT_NAMESPACE));
	}

	public static void main(String[] args) throws IOException {
		BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		ProofNode node = new ProofNode(args[0], Duration.parse(args[1]));
		node.warmUp();
		System.out.println(WARM);
		requests.readLine();
		node.engine.start();
		System.out.println("ready");
		requests.lines().forEach((line) -> Thread.ofVirtual().start(() -> node.serve(line)));
		Runtime.getRuntime().halt(0);
	}

	/** What takes long and does nothing yet, so that a successor is there at once. */
	private void warmUp() {
		try {
			store.open();
		}
		catch (StoreException ex) {
			System.out.println("The store is away: " + ex.getMessage());
		}
	}

	/** As the starter does it. */
	private void stop() {
		engine.drain();
		boolean drained = worker.drain(Duration.ofSeconds(20));
		engine.stop(drained);
		worker.stop();
		System.out.println("stopped, drained: " + drained);
		Runtime.getRuntime().halt(0);
	}

	private void serve(String line) {
		String[] parts = line.split(" ", 2);
		if (parts[1].equals("stop")) {
			stop();
		}
		try {
			System.out.println(parts[0] + " " + operations.answer(parts[1]));
		}
		catch (CompletionException ex) {
			System.out.println(parts[0] + " no "
					+ ((ex.getCause() instanceof WorkflowException problem) ? problem.code() : ex.getCause()));
		}
	}

}
