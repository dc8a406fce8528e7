package io.reprise.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Knows beyond leases whether the processes of nodes are there. */
interface NodeLiveness extends AutoCloseable {

	/**
	 * Makes it known that this process runs a node, or makes sure that it still is. Never
	 * fails: the lease is there as well.
	 * @param nodeId the node
	 * @param lease its lease
	 * @return the mark that others can see
	 */
	Mark hold(String nodeId, Duration lease);

	/**
	 * Takes back what {@link #hold} did.
	 * @param nodeId the node
	 */
	void release(String nodeId);

	/**
	 * Declares those nodes dead that are.
	 * @param connection in a transaction
	 * @param nodeId the node that asks
	 */
	void declareDead(Connection connection, String nodeId) throws SQLException;

	@Override
	void close();

	/**
	 * A mark of life.
	 *
	 * @param lockKey the advisory lock that the process holds, or {@code null}
	 * @param fresh whether it was taken just now
	 */
	record Mark(@Nullable Long lockKey, boolean fresh) {

		static final Mark NONE = new Mark(null, false);

	}

}
