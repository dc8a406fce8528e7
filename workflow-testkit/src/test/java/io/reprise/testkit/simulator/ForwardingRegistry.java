package io.reprise.testkit.simulator;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.NodeRegistry;

/**
 * A registry in front of another, to change some of what it does.
 */
class ForwardingRegistry implements NodeRegistry {

	private final NodeRegistry registry;

	ForwardingRegistry(NodeRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void join(String nodeId, Duration lease) {
		registry.join(nodeId, lease);
	}

	@Override
	public boolean renew(String nodeId, Duration lease) {
		return registry.renew(nodeId, lease);
	}

	@Override
	public void leave(String nodeId, boolean drained) {
		registry.leave(nodeId, drained);
	}

	@Override
	public List<GoneNode> findGone(String nodeId) {
		return registry.findGone(nodeId);
	}

	@Override
	public List<ExecutionKey> adopt(String gone, String nodeId, Collection<String> workflowTypes, int limit) {
		return registry.adopt(gone, nodeId, workflowTypes, limit);
	}

	@Override
	public boolean forget(String gone) {
		return registry.forget(gone);
	}

}
