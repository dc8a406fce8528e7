package io.reprise.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.RunWrite;
import io.reprise.spi.WriteOutcome;
import org.jspecify.annotations.Nullable;

/**
 * All that is written, in one database's SQL. Methods work on the connection they are
 * given and neither commit nor roll back.
 */
interface WriteDialect {

	/** Full name of one of our tables, for example of {@code schema}. */
	String table(String name);

	/**
	 * Writes transitions inside the caller's transaction, which begins with it: does what
	 * {@link #beginWriting} does.
	 * @param connection in a transaction of isolation READ COMMITTED
	 * @param writes at most one for each run
	 * @return the outcomes, in the same order
	 */
	List<WriteOutcome> write(Connection connection, List<RunWrite> writes) throws SQLException;

	/** Whether {@link #writeAlone} can be used. */
	boolean writesAlone();

	/**
	 * Writes one transition as one statement.
	 * @param connection in auto-commit
	 * @param write the transition
	 * @return the outcome
	 */
	WriteOutcome writeAlone(Connection connection, RunWrite write) throws SQLException;

	/**
	 * Creates a run inside a transaction of the application, in such a way that
	 * {@link #write} and {@link #writeAlone} do not wait for its end, but answer
	 * {@link WriteOutcome#ID_HELD}. {@link #release} has to follow.
	 * @param connection in that transaction
	 * @param write the run
	 * @return the outcome
	 */
	WriteOutcome createForCaller(Connection connection, RunWrite write) throws SQLException;

	/** Told when the transaction has ended that {@link #createForCaller} was part of. */
	void release(ExecutionKey key);

	/**
	 * Leaves a command for an open run, so that what must not be written without having
	 * seen it is not.
	 * @param connection in a transaction, or if {@link #writesAlone} in auto-commit
	 * @param entry the command
	 * @return {@code false} if the run is not open
	 */
	boolean offer(Connection connection, InboxEntry entry) throws SQLException;

	/**
	 * Leaves a command inside a transaction of the application, which may stay open for
	 * long and must not keep the run from going on. {@link #announceMessage} has to
	 * follow when it is about to commit.
	 * @param connection in that transaction
	 * @param entry the command
	 */
	void leave(Connection connection, InboxEntry entry) throws SQLException;

	/**
	 * Sees to it that an open run does not end without a command that was left. Locks the
	 * run until the transaction ends.
	 * @param connection in a transaction that is about to commit
	 * @param runId the run
	 * @return {@code false} if the run is not open
	 */
	boolean announceMessage(Connection connection, String runId) throws SQLException;

	void removeFromInbox(Connection connection, Collection<InboxEntry> entries) throws SQLException;

	/**
	 * Chooses closed runs for deletion and keeps others from choosing the same.
	 * @return their run ids
	 */
	List<String> lockClosedBefore(Connection connection, Instant time, int limit) throws SQLException;

	List<ExecutionKey> adopt(Connection connection, String gone, String nodeId, Collection<String> workflowTypes,
			int limit) throws SQLException;

	/**
	 * Adds a node, or renews it if it is there and alive.
	 * @return {@code false} if it is there and gone
	 */
	boolean join(Connection connection, String nodeId, Duration lease, @Nullable Long lockKey) throws SQLException;

	/**
	 * Renews a node.
	 * @param lockKey the lock that its process holds, or {@code null}
	 * @param newlyLocked whether the lock was taken since the last renewal
	 * @return {@code false} if it is not alive
	 */
	boolean renew(Connection connection, String nodeId, Duration lease, @Nullable Long lockKey, boolean newlyLocked)
			throws SQLException;

	/** An expression for the database's time now. */
	String clock();

	Instant now(Connection connection) throws SQLException;

	/** Makes all reads of the transaction that has just begun see one state. */
	void readConsistently(Connection connection) throws SQLException;

	/**
	 * Begins a transaction that takes locks, so that they end with it even if this
	 * process hangs, or its machine is gone, in the middle.
	 */
	void beginWriting(Connection connection) throws SQLException;

}
