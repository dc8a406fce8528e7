package io.reprise.spi;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import io.reprise.protocol.ExecutionKey;

/**
 * Knows which nodes live on one store, so that what a dead one left undone goes on
 * elsewhere. Only speed depends on it: correctness is the version check of
 * {@link HistoryStore#commit}.
 */
public interface NodeRegistry {

	/**
	 * Owner of runs that a transaction of the application has created. Whoever sees one
	 * takes it over; {@link #findGone} names it like a node that has left.
	 */
	String UNCLAIMED = "unclaimed";

	/**
	 * Whether an owner stands for nobody: {@link #UNCLAIMED}, or a name that begins so
	 * and goes on with {@code !} and whom the run is not meant for. Such runs have no
	 * attempt under way.
	 * @param owner the owner
	 * @return {@code true} if so
	 */
	static boolean isUnclaimed(String owner) {
		return owner.equals(UNCLAIMED) || owner.startsWith(UNCLAIMED + "!");
	}

	/**
	 * Registers this incarnation of a node. From here until {@link #leave}, or until its
	 * process dies or its lease runs out, it counts as alive.
	 * @param nodeId id of the incarnation
	 * @param lease how long it counts as alive without renewal
	 */
	void join(String nodeId, Duration lease);

	/**
	 * Renews the lease.
	 * @param nodeId id of the incarnation
	 * @param lease how long it counts as alive without renewal
	 * @return {@code false} if others have declared it dead: it must stop deciding
	 */
	boolean renew(String nodeId, Duration lease);

	/**
	 * Says good-bye.
	 * @param nodeId id of the incarnation
	 * @param drained whether no attempt of an activity is under way any more
	 */
	void leave(String nodeId, boolean drained);

	/**
	 * Nodes that are gone and may own runs: those that left, whose process died, or whose
	 * lease ran out.
	 * @param nodeId this node, never among them
	 * @return the nodes
	 */
	List<GoneNode> findGone(String nodeId);

	/**
	 * Makes this node the owner of runs of one that is gone. Raises their versions, so
	 * that a zombie's writes fail.
	 * @param gone the node that is gone
	 * @param nodeId this node
	 * @param workflowTypes types this node knows; closed runs are taken whatever their
	 * type
	 * @param limit how many at most
	 * @return the runs
	 */
	List<ExecutionKey> adopt(String gone, String nodeId, Collection<String> workflowTypes, int limit);

	/**
	 * Forgets a node that owns nothing any more.
	 * @param gone the node that is gone
	 * @return {@code false} if it still owns runs, of types that this node does not know
	 */
	boolean forget(String gone);

	/**
	 * A node that is gone.
	 *
	 * @param nodeId its id
	 * @param drained whether it left with no attempt under way
	 */
	record GoneNode(String nodeId, boolean drained) {

	}

}
