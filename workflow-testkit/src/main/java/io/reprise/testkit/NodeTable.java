package io.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

import io.reprise.spi.NodeRegistry.GoneNode;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a store in memory. Guarded by the lock of the store it belongs to.
 */
final class NodeTable {

	private final SequencedMap<String, Node> nodes = new LinkedHashMap<>();

	void join(String nodeId, Instant leaseEnd) {
		nodes.put(nodeId, new Node(leaseEnd, State.ALIVE));
	}

	boolean renew(String nodeId, Instant now, Duration lease) {
		Node node = nodes.get(nodeId);
		if (node == null || node.state() != State.ALIVE) {
			return false;
		}
		nodes.put(nodeId, new Node(now.plus(lease), State.ALIVE));
		return true;
	}

	void leave(String nodeId, boolean drained) {
		nodes.computeIfPresent(nodeId,
				(id, node) -> (node.state() == State.ALIVE) ? node.in(drained ? State.DRAINED : State.DEAD) : node);
	}

	/** From here a renewal comes too late. */
	void declareDead(String nodeId) {
		nodes.computeIfPresent(nodeId, (id, node) -> (node.state() == State.ALIVE) ? node.in(State.DEAD) : node);
	}

	void remove(String nodeId) {
		nodes.remove(nodeId);
	}

	boolean isKnown(String nodeId) {
		return nodes.containsKey(nodeId);
	}

	boolean isAlive(String nodeId, Instant now) {
		return isAlive(nodes.get(nodeId), now);
	}

	List<GoneNode> gone(Instant now) {
		List<GoneNode> gone = new ArrayList<>();
		nodes.forEach((id, node) -> {
			if (!isAlive(node, now)) {
				gone.add(new GoneNode(id, node.state() == State.DRAINED));
			}
		});
		return gone;
	}

	private boolean isAlive(@Nullable Node node, Instant now) {
		return node != null && node.state() == State.ALIVE && now.isBefore(node.leaseEnd());
	}

	private enum State {

		ALIVE, DRAINED, DEAD

	}

	private record Node(Instant leaseEnd, State state) {

		Node in(State next) {
			return new Node(leaseEnd, next);
		}

	}

}
