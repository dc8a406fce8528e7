package io.reprise.spi;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.reprise.protocol.ExecutionKey;

/**
 * Keeps runs and their histories. The only truth.
 * <p>
 * Bodies are opaque bytes here. Methods throw {@link StoreException}, which says whether
 * trying again helps and whether the outcome is known.
 */
public interface HistoryStore extends PayloadStore {

	/**
	 * Makes the store ready: reaches it, brings its schema up to date, checks that it is
	 * of a version this build knows and that it keeps what it acknowledges. Called again
	 * after a failure, until it succeeds.
	 * @throws StoreException if it cannot be reached (try again)
	 * @throws io.reprise.WorkflowException with {@code SCHEMA_INCOMPATIBLE} or
	 * {@code STORE_NOT_DURABLE}
	 */
	void open();

	/**
	 * The store's clock. Never ahead of the time of any later call.
	 * @return the time, to the microsecond
	 */
	Instant now();

	/**
	 * Whether a commit may run in whatever thread submits a command. {@code false} for
	 * stores that break when a thread is interrupted inside them.
	 * @return {@code true} if any thread may commit
	 */
	boolean commitsInAnyThread();

	/**
	 * Writes transitions, all in one transaction. A write takes effect if and only if the
	 * run's version is the one expected; writes that lost change nothing and do not
	 * disturb the others. Durable when this returns.
	 * @param writes at most one for each run
	 * @return the outcomes, in the same order
	 * @throws StoreException if nothing was written, or the outcome is unknown
	 */
	List<WriteOutcome> commit(List<RunWrite> writes);

	/**
	 * Reads runs with their newest snapshot and the transitions after it.
	 * @param runIds the runs
	 * @return those that exist, in any order
	 */
	List<StoredRun> load(Collection<String> runIds);

	/**
	 * The open run of a workflow id, else the one started last.
	 * @param namespace the namespace
	 * @param workflowId the id
	 * @return the run, if there is one
	 */
	Optional<RunRecord> findLatest(String namespace, String workflowId);

	Optional<RunRecord> find(String runId);

	/**
	 * Tells how far a run is, at one moment, for less than it costs to load it.
	 * @param runId the run
	 * @return its version, if there is such a run
	 */
	Optional<RunVersion> version(String runId);

	/**
	 * Reads a part of a history.
	 * @param runId the run
	 * @param fromEventId transitions whose first event id is at least this
	 * @return transitions in order
	 */
	List<StoredTransition> history(String runId, long fromEventId);

	/**
	 * Open runs with something due that this node may decide on: its own and nobody's.
	 * @param nodeId this node
	 * @param workflowTypes types this node knows
	 * @param until due at this time or before
	 * @param limit how many at most
	 * @return the runs, most overdue first, with when they are due
	 */
	List<DueRun> due(String nodeId, Collection<String> workflowTypes, Instant until, int limit);

	/**
	 * Runs that a node owns, in the order of their ids. Closed ones are among them that
	 * have yet to tell others of their end.
	 * @param nodeId the node
	 * @param after runs whose id comes after this one, byte by byte
	 * @param limit how many at most
	 * @return the runs
	 */
	List<ExecutionKey> owned(String nodeId, String after, int limit);

	RunPage list(RunQuery query);

	/**
	 * Number of open runs that a bug keeps from going on.
	 * @return the number
	 */
	long countStalled();

	/**
	 * Deletes runs that closed before a time and that nobody owns, with all that belongs
	 * to them.
	 * @param time the time
	 * @param limit how many runs at most
	 * @return how many were deleted
	 */
	int deleteClosedBefore(Instant time, int limit);

	/**
	 * Leaves a command for the node that owns a run. Idempotent by run and request id.
	 * From here on, a write that may not be made without having seen it is
	 * {@link WriteOutcome#MESSAGE_LEFT}.
	 * @param entry the command
	 * @return {@code false} if the run is not open: nothing was left
	 */
	boolean offer(InboxEntry entry);

	/**
	 * Commands left for runs that this node owns, or that nobody owns.
	 * @param nodeId this node
	 * @param limit how many at most
	 * @return the commands in order of arrival
	 */
	List<InboxEntry> inbox(String nodeId, int limit);

	/**
	 * Commands left for a run.
	 * @param runId the run
	 * @return the commands in order of arrival
	 */
	List<InboxEntry> inboxOf(String runId);

	/**
	 * Deletes commands that were decided.
	 * @param entries the commands
	 */
	void removeFromInbox(Collection<InboxEntry> entries);

	/**
	 * A run that has something due.
	 *
	 * @param key the run
	 * @param dueAt when
	 */
	record DueRun(ExecutionKey key, Instant dueAt) {

	}

}
