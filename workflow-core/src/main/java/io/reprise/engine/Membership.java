package io.reprise.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.IdSource;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.NodeRegistry.GoneNode;
import io.reprise.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node among those on the same store: its lease, and the runs of those that are
 * gone.
 */
final class Membership {

	private static final Logger logger = LoggerFactory.getLogger(Membership.class);

	private static final int ADOPTION_CHUNK = 200;

	/** How many are told at a time: the store is asked for more while runs are loaded. */
	private static final int CHUNKS_UNDER_WAY = 2;

	private final NodeRegistry registry;

	private final IdSource ids;

	private final Duration lease;

	private final LeaseGuard leaseGuard;

	private final Supplier<Set<String>> workflowTypes;

	private final Function<Command, CompletableFuture<CommandResult>> gate;

	private volatile String nodeId = "";

	/** Whether this incarnation may own runs that it does not know of. */
	private volatile boolean ownsUnknown;

	/** Whether this node leaves what others left undone to yet others. */
	private volatile boolean leaving;

	/** Adoptions of which runs have yet to be told that attempts of theirs are lost. */
	private final AtomicInteger adopting = new AtomicInteger();

	/**
	 * Adopted runs that could not be told, and whether their workers are lost. Nobody
	 * else would ask for them, as they are this node's now.
	 */
	private final Map<ExecutionKey, Boolean> untold = new ConcurrentHashMap<>();

	Membership(NodeRegistry registry, IdSource ids, Duration lease, LeaseGuard leaseGuard,
			Supplier<Set<String>> workflowTypes, Function<Command, CompletableFuture<CommandResult>> gate) {
		this.registry = registry;
		this.ids = ids;
		this.lease = lease;
		this.leaseGuard = leaseGuard;
		this.workflowTypes = workflowTypes;
		this.gate = gate;
	}

	String nodeId() {
		return nodeId;
	}

	/**
	 * Types of which this node takes runs.
	 * @return their names
	 */
	Set<String> workflowTypes() {
		return workflowTypes.get();
	}

	/**
	 * Joins as a new incarnation.
	 */
	void join() {
		String incarnation = ids.next();
		leaseGuard.joining();
		long askedAt = leaseGuard.now();
		registry.join(incarnation, lease);
		leaseGuard.renewed(askedAt);
		nodeId = incarnation;
		ownsUnknown = false;
		untold.clear();
	}

	/**
	 * Whether this incarnation may own runs that it does not know of, as the outcome of
	 * an adoption is unknown.
	 * @return {@code true} if so
	 */
	boolean mayOwnUnknown() {
		return ownsUnknown;
	}

	/**
	 * Whether runs that were taken over have yet to be told which attempts are lost.
	 * @return {@code true} if so
	 */
	boolean isAdopting() {
		return ownsUnknown || adopting.get() > 0 || !untold.isEmpty();
	}

	/**
	 * Renews the lease.
	 * @return {@code false} if this incarnation was declared dead
	 */
	boolean renew() {
		long askedAt = leaseGuard.now();
		boolean renewed = registry.renew(nodeId, lease);
		if (renewed) {
			leaseGuard.renewed(askedAt);
		}
		return renewed;
	}

	/**
	 * Leaves.
	 * @param drained whether no attempt is under way; what was adopted counts as under
	 * way until the run has been told that its worker is gone
	 */
	void leave(boolean drained) {
		leaseGuard.leaving();
		registry.leave(nodeId, drained && !ownsUnknown && adopting.get() == 0 && untold.isEmpty());
	}

	/** Takes over nothing more. */
	void stopAdopting() {
		leaving = true;
	}

	/**
	 * Takes over what nodes that are gone left undone.
	 * @param mayTake whether this node takes from an owner
	 * @return how many runs were taken over
	 */
	int adoptFromGone(Predicate<String> mayTake) {
		int adopted = 0;
		for (GoneNode gone : registry.findGone(nodeId)) {
			if (!mayTake.test(gone.nodeId())) {
				continue;
			}
			adopted += adoptFrom(gone);
			registry.forget(gone.nodeId());
		}
		return adopted;
	}

	/**
	 * Takes over what transactions of applications have created.
	 */
	void claim() {
		adoptFrom(new GoneNode(NodeRegistry.UNCLAIMED, true));
	}

	private int adoptFrom(GoneNode gone) {
		Deque<CompletableFuture<Void>> underWay = new ArrayDeque<>();
		int adopted = 0;
		try {
			while (!leaving) {
				List<ExecutionKey> chunk = adoptChunk(gone, underWay);
				if (chunk.isEmpty()) {
					break;
				}
				adopted += chunk.size();
				if (underWay.size() == CHUNKS_UNDER_WAY) {
					underWay.remove().join();
				}
			}
			underWay.forEach(CompletableFuture::join);
			return adopted;
		}
		finally {
			// If the store fails at a later chunk, too: nobody looks for these again
			tellOf(adopted, gone);
		}
	}

	private static void tellOf(int adopted, GoneNode gone) {
		if (adopted > 0 && !NodeRegistry.isUnclaimed(gone.nodeId())) {
			logger.info("Took over {} runs of node {}, which {}", adopted, gone.nodeId(),
					gone.drained() ? "handed them over" : "is gone");
		}
	}

	private List<ExecutionKey> adoptChunk(GoneNode gone, Collection<CompletableFuture<Void>> underWay) {
		boolean workerLost = !gone.drained();
		// Before, as the rows name this node as soon as they are written
		int losing = workerLost ? 1 : 0;
		adopting.addAndGet(losing);
		List<ExecutionKey> chunk = adoptRows(gone, losing);
		underWay.add(tell(chunk, workerLost).thenRun(() -> adopting.addAndGet(-losing)));
		return chunk;
	}

	/**
	 * Tries again to tell runs that they were adopted.
	 */
	void tellAgain() {
		Map<ExecutionKey, Boolean> again = Map.copyOf(untold);
		adopting.incrementAndGet();
		untold.keySet().removeAll(again.keySet());
		again.forEach((key, lost) -> tell(List.of(key), lost).join());
		adopting.decrementAndGet();
	}

	private CompletableFuture<Void> tell(List<ExecutionKey> keys, boolean workerLost) {
		List<CompletableFuture<?>> answers = new ArrayList<>(keys.size());
		for (ExecutionKey key : keys) {
			answers.add(gate.apply(new Command.AdoptRun(key, workerLost)).exceptionally((ex) -> {
				untold.put(key, workerLost);
				logger.warn("Expected {} to go on here, but nothing can be decided of it: {}. It is tried again later",
						key, String.valueOf(ex));
				return new CommandResult.Stale();
			}));
		}
		return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
	}

	private List<ExecutionKey> adoptRows(GoneNode gone, int losing) {
		try {
			return registry.adopt(gone.nodeId(), nodeId, workflowTypes.get(), ADOPTION_CHUNK);
		}
		catch (StoreException ex) {
			adopting.addAndGet(-losing);
			ownsUnknown |= ex.outcome() != StoreException.Outcome.NOTHING_WRITTEN;
			throw ex;
		}
	}

}
