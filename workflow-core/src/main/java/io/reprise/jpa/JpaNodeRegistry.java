package io.reprise.jpa;

import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import io.reprise.jpa.NodeLiveness.Mark;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.StoreException;
import org.jspecify.annotations.Nullable;

/** Keeps nodes in a table, with leases by the database's clock. */
final class JpaNodeRegistry implements NodeRegistry, AutoCloseable {

	private final JpaPersistence persistence;

	private final boolean advisoryLocks;

	private final ReentrantLock lock = new ReentrantLock();

	/** Made at first use, as the database is known only then. Guarded by the lock. */
	private @Nullable NodeLiveness liveness;

	JpaNodeRegistry(JpaPersistence persistence, boolean advisoryLocks) {
		this.persistence = persistence;
		this.advisoryLocks = advisoryLocks;
	}

	private NodeLiveness liveness(OpenStore store) {
		lock.lock();
		try {
			if (liveness == null) {
				liveness = switch (store.site().product()) {
					case POSTGRESQL -> advisoryLocks ? new AdvisoryLocks(persistence.dataSource(), store.dialect())
							: new LeasesOnly(store.dialect());
					case H2 ->
						store.site().ownProcess() ? new SameProcess(store.dialect()) : new LeasesOnly(store.dialect());
				};
			}
			return liveness;
		}
		finally {
			lock.unlock();
		}
	}

	@Override
	public void join(String nodeId, Duration lease) {
		OpenStore store = persistence.store();
		NodeLiveness alive = liveness(store);
		// The mark comes first: whoever sees the row must find it
		Mark mark = alive.hold(nodeId, lease);
		boolean joined = store.write("register node " + nodeId,
				connection -> store.dialect().join(connection, nodeId, lease, mark.lockKey()));
		if (!joined) {
			alive.release(nodeId);
			throw new StoreException(StoreException.Outcome.REFUSED, "Expected the id of a new incarnation, but node "
					+ nodeId + " has left or was declared dead. Join with a new id", null);
		}
	}

	@Override
	public boolean renew(String nodeId, Duration lease) {
		OpenStore store = persistence.store();
		NodeLiveness alive = liveness(store);
		Mark mark = alive.hold(nodeId, lease);
		boolean renewed = store.writeLazily("renew the lease of node " + nodeId, () -> store.unit()
			.onConnection(
					connection -> store.dialect().renew(connection, nodeId, lease, mark.lockKey(), mark.fresh())));
		if (!renewed) {
			alive.release(nodeId);
		}
		return renewed;
	}

	@Override
	public void leave(String nodeId, boolean drained) {
		OpenStore store = persistence.store();
		try {
			signOff(store, nodeId, drained);
		}
		catch (StoreException ex) {
			// Without the word, the loss of the mark looks like a crash
			signOff(store, nodeId, drained);
		}
		finally {
			liveness(store).release(nodeId);
		}
	}

	private static void signOff(OpenStore store, String nodeId, boolean drained) {
		update(store, "sign off node " + nodeId, "UPDATE " + store.dialect().table("node")
				+ " SET state = 'LEFT', drained = ? WHERE node_id = ? AND state = 'JOINED'", drained, nodeId);
	}

	@Override
	public List<GoneNode> findGone(String nodeId) {
		OpenStore store = persistence.store();
		NodeLiveness alive = liveness(store);
		return store.writeLazily("find nodes that are gone", () -> {
			store.unit().onConnection(connection -> {
				alive.declareDead(connection, nodeId);
				return true;
			});
			List<GoneNode> gone = new ArrayList<>();
			store.tables()
				.nodes()
				.findGone(nodeId)
				.forEach(node -> gone.add(new GoneNode(node.nodeId(), node.isDrained())));
			for (String owner : strangers(store, nodeId)) {
				gone.add(new GoneNode(owner, NodeRegistry.isUnclaimed(owner)));
			}
			return gone;
		});
	}

	/** Owners that nobody knows: a zombie's last writes came after it was forgotten. */
	private static List<String> strangers(OpenStore store, String nodeId) {
		Set<String> known = new HashSet<>(store.tables().nodes().findIds());
		known.add(nodeId);
		List<String> strangers = new ArrayList<>();
		// Hops from owner to owner through the index; they are few, their runs are many
		Optional<String> next = store.tables().executions().findOwnerAfter("");
		while (next.isPresent()) {
			String owner = next.get();
			if (!known.contains(owner)) {
				strangers.add(owner);
			}
			next = store.tables().executions().findOwnerAfter(owner);
		}
		return strangers;
	}

	@Override
	public List<ExecutionKey> adopt(String gone, String nodeId, Collection<String> workflowTypes, int limit) {
		if (workflowTypes.isEmpty() || limit < 1) {
			return List.of();
		}
		OpenStore store = persistence.store();
		return store.write("adopt runs of node " + gone,
				connection -> store.dialect().adopt(connection, gone, nodeId, workflowTypes, limit));
	}

	@Override
	public boolean forget(String gone) {
		OpenStore store = persistence.store();
		return store.writeLazily("forget node " + gone, () -> {
			if (store.tables().executions().isOwner(gone)) {
				return false;
			}
			return store.unit().onConnection(connection -> {
				try (PreparedStatement statement = connection.prepareStatement(
						"DELETE FROM " + store.dialect().table("node") + " WHERE node_id = ? AND state <> 'JOINED'")) {
					statement.setString(1, gone);
					statement.executeUpdate();
					return true;
				}
			});
		});
	}

	private static void update(OpenStore store, String what, String sql, Object... parameters) {
		store.writeLazily(what, () -> store.unit().onConnection(connection -> {
			try (PreparedStatement statement = connection.prepareStatement(sql)) {
				for (int i = 0; i < parameters.length; i++) {
					statement.setObject(i + 1, parameters[i]);
				}
				return statement.executeUpdate();
			}
		}));
	}

	@Override
	public void close() {
		lock.lock();
		try {
			if (liveness != null) {
				liveness.close();
			}
		}
		finally {
			lock.unlock();
		}
	}

}
