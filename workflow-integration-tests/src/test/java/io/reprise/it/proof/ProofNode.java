package io.reprise.it.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.ActivitySettings;
import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
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
import io.reprise.engine.EngineHealth;
import io.reprise.engine.EngineSettings;
import io.reprise.engine.SystemTicker;
import io.reprise.jpa.JpaPersistence;
import io.reprise.jpa.JpaSettings;
import io.reprise.kernel.Limits;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
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
 * {@code number operation argument …}, and are answered by {@code number ok|no …}; what
 * was answered with ok must never be lost.
 */
final class ProofNode {

	private final HistoryStore store;

	private final Engine engine;

	private final WorkflowClient client;

	private final PayloadConverter converter = JacksonPayloadConverter.withDefaults();

	private ProofNode(String url, Duration lease) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(url);
		pool.setMaximumPoolSize(12);
		pool.setConnectionTimeout(2_000);
		JpaPersistence persistence = new JpaPersistence(pool, JpaSettings.defaults());
		SystemTicker ticker = new SystemTicker();
		Port port = new Port(pool);
		ActivityRegistry activities = ActivityRegistry.of(List.of(new ActivityBean("port", Port.class, () -> port)));
		WorkflowRegistry workflows = WorkflowRegistry.of(List.of(Voyage.class), new ActivityStubs(), converter);
		Limits limits = Limits.DEFAULT;
		Worker worker = new Worker(WorkerSettings.defaults("build"), workflows, activities, converter,
				new ActivityOptionsResolver(activities, Map.of(), ActivitySettings.none()),
				new ReplayLimits(limits.payloadBytes(), limits.pendingActivities(), limits.pendingTimers()), ticker,
				ticker, InstantSource.system());
		UuidV7Source ids = new UuidV7Source();
		store = new HaltingStore(persistence.historyStore());
		engine = new Engine(EngineSettings.defaults().withLease(lease), store,
				new HaltingParts.Registry(persistence.nodeRegistry()), new HaltingParts.Dispatch(worker), ticker, ids,
				workflows::types);
		worker.start(engine, new EmbeddedRunSource(engine.runs()));
		client = new DefaultWorkflowClient(new EmbeddedGateway(engine, worker), KnownTypes.of(workflows), converter,
				new FailureConverter(converter), ids, ExecutionKey.DEFAULT_NAMESPACE);
	}

	public static void main(String[] args) throws IOException {
		BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		ProofNode node = new ProofNode(args[0], Duration.parse(args[1]));
		node.warmUp();
		requests.readLine();
		node.engine.start();
		System.out.println("ready");
		requests.lines().forEach((line) -> Thread.ofVirtual().start(() -> node.serve(line.split(" "))));
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

	private void serve(String[] request) {
		try {
			System.out.println(request[0] + " ok " + carryOut(request));
		}
		catch (WorkflowException ex) {
			System.out.println(request[0] + " no " + ex.code());
		}
	}

	private String carryOut(String[] request) {
		return switch (request[1]) {
			case "start" -> {
				StartOptions options = StartOptions.withId(request[2]).requestId("start-" + request[2]);
				int legs = Integer.parseInt(request[3]);
				yield client.start(Voyage.class, (w) -> w.run(request[2], legs), options).runId();
			}
			case "tell" -> tell(request[2], request[3]);
			case "heard" -> String.join(",", client.handle(Voyage.class, request[2]).query(Voyage::heard));
			case "fenced" -> String.valueOf(engine.health().fencedWrites());
			case "state" -> (engine.health().state() == EngineHealth.State.RUNNING
					&& engine.health().storeError() == null) ? "up" : "down";
			default -> throw new IllegalArgumentException("Expected an operation, but it is " + request[1]);
		};
	}

	/** With a request id of the sender's, as remote clients will have it. */
	private String tell(String workflowId, String news) {
		CommandResult result = engine
			.submit(new Command.SignalWorkflow(new ExecutionKey(ExecutionKey.DEFAULT_NAMESPACE, workflowId, ""), "tell",
					converter.toArguments(new Object[] { news }), news))
			.join();
		return switch (result) {
			case CommandResult.Accepted accepted -> accepted.key().runId();
			case CommandResult.Duplicate duplicate -> duplicate.key().runId();
			case CommandResult.Rejected rejected -> throw new WorkflowException(rejected.code(), rejected.message());
			case CommandResult.Stale stale -> throw new IllegalStateException("Expected an answer, but it is " + stale);
		};
	}

}
