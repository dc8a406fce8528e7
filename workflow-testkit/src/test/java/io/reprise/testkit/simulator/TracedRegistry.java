package io.reprise.testkit.simulator;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.NodeRegistry;

/**
 * Tells of the life and death of nodes.
 */
final class TracedRegistry implements NodeRegistry {

	private final NodeRegistry registry;

	private final World world;

	TracedRegistry(NodeRegistry registry, World world) {
		this.registry = registry;
		this.world = world;
	}

	@Override
	public void join(String nodeId, Duration lease) {
		world.trace("joins as " + nodeId);
		registry.join(nodeId, lease);
	}

	@Override
	public boolean renew(String nodeId, Duration lease) {
		boolean renewed = registry.renew(nodeId, lease);
		if (!renewed) {
			world.trace(nodeId + " is declared dead");
		}
		return renewed;
	}

	@Override
	public void leave(String nodeId, boolean drained) {
		world.trace("leaves as " + nodeId + ", drained: " + drained);
		registry.leave(nodeId, drained);
	}

	@Override
	public List<GoneNode> findGone(String nodeId) {
		List<GoneNode> gone = registry.findGone(nodeId);
		if (!gone.isEmpty()) {
			world.trace("finds gone " + gone);
		}
		return gone;
	}

	@Override
	public List<ExecutionKey> adopt(String gone, String nodeId, Collection<String> workflowTypes, int limit) {
		List<ExecutionKey> adopted = registry.adopt(gone, nodeId, workflowTypes, limit);
		world.trace("adopts from " + gone + " " + adopted);
		return adopted;
	}

	@Override
	public boolean forget(String gone) {
		boolean forgotten = registry.forget(gone);
		world.trace("forgets " + gone + ": " + forgotten);
		return forgotten;
	}

}
