package io.reprise.it.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.reprise.engine.EngineSettings;
import io.reprise.it.Sql;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One proof: a database that forces its writes to the disk, nodes and clients, faults,
 * and at the end the question whether anything was lost. A run that did too little fails,
 * for it proves nothing.
 */
final class Proof implements AutoCloseable {

	private static final Duration HEALED = Duration.ofSeconds(60);

	private static final String OPEN = "from workflow_execution where status = 0";

	private final String name;

	private final long seed;

	private final String url;

	private final Fleet fleet = new Fleet();

	private final Duration lease;

	private final List<NodeProcess> processes = new ArrayList<>();

	private long fencedWrites;

	private Instant pausesSince = Instant.EPOCH;

	private Proof(String name, String url, Duration lease) {
		this.name = name;
		this.url = url;
		this.lease = lease;
		seed = Long.getLong("proof.seed", System.nanoTime());
		System.out.printf("%s: seed %d (repeat with -Dproof.seed=%d)%n", name, seed, seed);
		Sql.update(url, Port.TABLE);
	}

	/**
	 * Begins.
	 * @param name what is proven
	 * @param url an empty database
	 * @return the proof
	 */
	static Proof of(String name, String url) {
		return of(name, url, EngineSettings.defaults().lease());
	}

	/**
	 * Begins, with a lease of its own.
	 * @param name what is proven
	 * @param url an empty database
	 * @param lease how long a node counts as alive that is silent
	 * @return the proof
	 */
	static Proof of(String name, String url, Duration lease) {
		return new Proof(name, url, lease);
	}

	/**
	 * How often a fault is done: more often in the long profile.
	 * @param what names it
	 * @param usual how often otherwise
	 * @return the number
	 */
	static int times(String what, int usual) {
		return Integer.getInteger("proof." + what, usual);
	}

	long seed() {
		return seed;
	}

	Fleet fleet() {
		return fleet;
	}

	/** Launches a node that waits for its start. */
	NodeProcess launch(Map<String, String> properties) {
		NodeProcess process = NodeProcess.launch(url, lease, properties);
		processes.add(process);
		return process;
	}

	/**
	 * Starts a node and gives it to the clients; it may come to its end before it serves.
	 */
	NodeProcess start(NodeProcess node) {
		fleet.add(node);
		node.go();
		Awaitility.await(name + ": a node").atMost(HEALED).until(() -> node.isReady() || node.hasEnded());
		assertThat(node.isReady() || node.hasHalted()).as("started: %s", node.lines()).isTrue();
		return node;
	}

	/**
	 * Nodes are there and have warmed up: how long runs stand still counts from here on.
	 */
	void countPauses() {
		pausesSince = Instant.now();
	}

	void addFencedWrites(long count) {
		fencedWrites += count;
	}

	long fencedWrites() {
		return fencedWrites;
	}

	/** Workflows of which a node has work under way. */
	List<String> ownedBy(String nodeId) {
		return Sql.texts(url, "select workflow_id " + OPEN + " and owner = '" + nodeId + "'");
	}

	/**
	 * Waits until a node that hangs counts as gone and others have all that it has left.
	 * @param hung the node
	 * @param limit how long it may take
	 */
	void awaitTakeOver(NodeProcess hung, Duration limit) {
		String id = hung.nodeId();
		try {
			Awaitility.await().atMost(limit).until(() -> isGone(id) && ownedBy(id).isEmpty());
		}
		catch (ConditionTimeoutException ex) {
			processes.stream().filter((node) -> node != hung).forEach(NodeProcess::tellThreads);
			throw new AssertionError(
					"Expected others to take over all of node %s within %s, but it has %s (seed %d); nodes: %s; sessions: %s"
						.formatted(id, limit, ownedBy(id), seed, Sql.rows(url, "select * from workflow_node"), Sql.rows(
								url,
								"select pid, pg_blocking_pids(pid), state, wait_event, state_change, now(), client_port, "
										+ "left(query, 200) from pg_stat_activity where datname = current_database()")),
					ex);
		}
	}

	private boolean isGone(String nodeId) {
		return Sql.query(url,
				"select count(*) from workflow_node where state = 'JOINED' and node_id = '" + nodeId + "'") == 0;
	}

	/** A node that has started. */
	NodeProcess startNode() {
		return start(launch(Map.of()));
	}

	/** Waits until clients have been told of more. */
	void awaitAcknowledged(long more) {
		long target = fleet.log().size() + more;
		await(() -> fleet.log().size() >= target);
	}

	/** Waits until enough has happened. */
	void await(Callable<Boolean> condition) {
		Awaitility.await(name).atMost(Duration.ofSeconds(60)).until(condition);
	}

	/**
	 * Lets all workflows end and checks everything.
	 * @param faults what was done, to be printed
	 * @param atLeast operations that must have been acknowledged
	 * @return when each run stood still for longest
	 */
	Map<String, Pause> conclude(String faults, long atLeast) throws InterruptedException {
		fleet.stopClients();
		long before = System.nanoTime();
		try {
			Awaitility.await()
				.atMost(HEALED)
				.pollInterval(Duration.ofMillis(50))
				.until(() -> Sql.query(url, "select count(*) " + OPEN) == 0);
		}
		catch (ConditionTimeoutException ex) {
			processes.forEach((node) -> System.out.println(String.join(System.lineSeparator(), node.lines())));
			throw new AssertionError("Expected every workflow to end within %s, but these are open (seed %d, %s): %s"
				.formatted(HEALED, seed, faults, Sql.rows(url, "select * " + OPEN)), ex);
		}
		Duration healing = Duration.ofNanos(System.nanoTime() - before);
		Checker checker = new Checker(url);
		List<String> violations = checker.check(fleet.log());
		System.out.printf(
				"%s: injected %s; %s of %d requests; %d runs with %d events; %d stale writes rejected; the last ended after %d ms%n",
				name, faults, fleet.log(), fleet.attempts(), checker.runs(), checker.events(), fencedWrites,
				healing.toMillis());
		assertThat(violations).as("violations, seed %d, faults %s", seed, faults).isEmpty();
		assertThat(fleet.violations()).as("seen by clients, seed %d, faults %s", seed, faults).isEmpty();
		assertThat(fleet.log().size()).as("acknowledged operations").isGreaterThanOrEqualTo(atLeast);
		return checker.longestPauses(pausesSince);
	}

	@Override
	public void close() {
		fleet.close();
		processes.forEach(NodeProcess::kill);
	}

}
