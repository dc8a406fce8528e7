package io.reprise.engine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
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

	private final NodeRegistry registry;

	private final IdSource ids;

	private final Duration lease;

	private final Supplier<Set<String>> workflowTypes;

	private final Function<Command, CompletableFuture<CommandResult>> gate;

	private volatile String nodeId = "";

	/** Whether this incarnation may own runs that it does not know of. */
	private volatile boolean ownsUnknown;

	/** Adoptions that are made known to their runs. */
	private final AtomicInteger adopting = new AtomicInteger();

	/**
	 * Adopted runs that could not be told, and whether their workers are lost. Nobody
	 * else would ask for them, as they are this node's now.
	 */
	private final Map<ExecutionKey, Boolean> untold = new ConcurrentHashMap<>();

	Membership(NodeRegistry registry, IdSource ids, Duration lease, Supplier<Set<String>> workflowTypes,
			Function<Command, CompletableFuture<CommandResult>> gate) {
		this.registry = registry;
		this.ids = ids;
		this.lease = lease;
		this.workflowTypes = workflowTypes;
		this.gate = gate;
	}

	String nodeId() {
		return nodeId;
	}

	/**
	 * Joins as a new incarnation.
	 */
	void join() {
		String incarnation = ids.next();
		registry.join(incarnation, lease);
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
	 * Renews the lease.
	 * @return {@code false} if this incarnation was declared dead
	 */
	boolean renew() {
		return registry.renew(nodeId, lease);
	}

	/**
	 * Leaves.
	 * @param drained whether no attempt is under way; what was adopted counts as under
	 * way until the run has been told that its worker is gone
	 */
	void leave(boolean drained) {
		registry.leave(nodeId, drained && !ownsUnknown && adopting.get() == 0 && untold.isEmpty());
	}

	/**
	 * Takes over what nodes that are gone left undone.
	 * @return how many runs were taken over
	 */
	int adoptFromGone() {
		int adopted = 0;
		for (GoneNode gone : registry.findGone(nodeId)) {
			int fromThis = adoptFrom(gone);
			registry.forget(gone.nodeId());
			if (fromThis > 0 && !gone.nodeId().equals(NodeRegistry.UNCLAIMED)) {
				logger.info("Took over {} runs of node {}, which {}", fromThis, gone.nodeId(),
						gone.drained() ? "handed them over" : "is gone");
			}
			adopted += fromThis;
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
		int adopted = 0;
		while (true) {
			int size = adoptChunk(gone);
			if (size == 0) {
				return adopted;
			}
			adopted += size;
		}
	}

	private int adoptChunk(GoneNode gone) {
		adopting.incrementAndGet();
		List<ExecutionKey> chunk = adoptRows(gone);
		tell(chunk, !gone.drained());
		adopting.decrementAndGet();
		return chunk.size();
	}

	/**
	 * Tries again to tell runs that they were adopted.
	 */
	void tellAgain() {
		Map<ExecutionKey, Boolean> again = Map.copyOf(untold);
		adopting.incrementAndGet();
		untold.keySet().removeAll(again.keySet());
		again.forEach((key, lost) -> tell(List.of(key), lost));
		adopting.decrementAndGet();
	}

	private void tell(List<ExecutionKey> keys, boolean workerLost) {
		Map<ExecutionKey, CompletableFuture<CommandResult>> answers = new LinkedHashMap<>();
		keys.forEach((key) -> answers.put(key, gate.apply(new Command.AdoptRun(key, workerLost))));
		answers.forEach((key, answer) -> {
			try {
				answer.join();
			}
			catch (CompletionException ex) {
				untold.put(key, workerLost);
				logger.warn("Expected {} to go on here, but nothing can be decided of it: {}. It is tried again later",
						key, String.valueOf(ex.getCause()));
			}
		});
	}

	private List<ExecutionKey> adoptRows(GoneNode gone) {
		try {
			return registry.adopt(gone.nodeId(), nodeId, workflowTypes.get(), ADOPTION_CHUNK);
		}
		catch (StoreException ex) {
			adopting.decrementAndGet();
			ownsUnknown |= ex.outcome() != StoreException.Outcome.NOTHING_WRITTEN;
			throw ex;
		}
	}

}
