package io.reprise.spi;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import org.jspecify.annotations.Nullable;

/**
 * The transaction that the application has open in the calling thread. What is written
 * here is part of it, and takes effect if and only if it commits. See
 * {@code docs/adr/0013-starts-in-the-callers-transaction.md}.
 * <p>
 * Methods other than {@link #standing} and {@link #created} are for
 * {@link Standing#JOINABLE} transactions. They throw
 * {@link io.reprise.WorkflowException}, after which the transaction may not be able to
 * commit any more.
 */
public interface CallerTransaction {

	/** For stores that take part in no transaction: there never is one. */
	CallerTransaction NONE = new NoTransaction();

	/**
	 * What kind of transaction there is.
	 * @return the kind
	 */
	Standing standing();

	/**
	 * The open run of a workflow id, else the one started last, as the transaction sees
	 * it.
	 * @param namespace the namespace
	 * @param workflowId the id
	 * @return the run, if there is one
	 */
	Optional<Found> findLatest(String namespace, String workflowId);

	/**
	 * A run as the transaction sees it.
	 * @param runId the run
	 * @return the run, if there is one
	 */
	Optional<Found> find(String runId);

	/**
	 * Creates a run that {@link NodeRegistry#UNCLAIMED nobody} owns. May wait for another
	 * transaction that creates a run with the same workflow id; nobody waits for this one
	 * but such transactions.
	 * @param write the run
	 * @return {@link WriteOutcome#WRITTEN}, {@link WriteOutcome#OPEN_RUN_EXISTS},
	 * {@link WriteOutcome#NEWER_RUN_EXISTS}, or {@link WriteOutcome#ID_HELD} if what is
	 * in the way cannot be seen
	 */
	WriteOutcome create(RunWrite write);

	/**
	 * Leaves a command for whoever owns a run. Idempotent by run and request id. The run
	 * goes on meanwhile and may end before the transaction does.
	 * @param entry the command
	 * @param mustArrive whether the transaction fails with {@code WORKFLOW_CLOSED} if the
	 * run is no longer open when it commits
	 */
	void offer(InboxEntry entry, boolean mustArrive);

	/**
	 * Has somebody told once the transaction has ended, unless it was rolled back: also
	 * if its outcome is not known.
	 * @param listener who; adding the same one again changes nothing
	 */
	void whenEnded(Listener listener);

	/**
	 * The run that the transaction has created under a key.
	 * @param key a run, or the latest run if its run id is empty
	 * @return the run, or {@code null} if the transaction has created none of this key
	 */
	@Nullable ExecutionKey created(ExecutionKey key);

	/** What kind of transaction the calling thread has. */
	enum Standing {

		/** None. */
		NONE,
		/** One on the store's database. */
		JOINABLE,
		/** One on the store's database that may only read. */
		READ_ONLY,
		/** One of something else. */
		ELSEWHERE

	}

	/** Told of the end of a transaction. */
	@FunctionalInterface
	interface Listener {

		/**
		 * The transaction has ended, and probably has committed. Must not block: the
		 * thread may still hold its connection.
		 * @param messaged runs that commands were left for
		 */
		void ended(Collection<String> messaged);

	}

	/**
	 * A run as a transaction sees it.
	 *
	 * @param key the run
	 * @param workflowType name of its type
	 * @param status where it stands
	 * @param startRequestId recognises the same start sent twice
	 * @param historyEvents number of events
	 * @param historyBytes size of the history as stored
	 * @param startTime when it began
	 */
	record Found(ExecutionKey key, String workflowType, WorkflowStatus status, String startRequestId,
			long historyEvents, long historyBytes, Instant startTime) {

	}

}
