package io.reprise.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;

/**
 * The messages that one transaction of the application has left. They are announced to
 * their runs at its end: the lock that this takes is not to last for as long as the
 * application's transaction.
 */
final class LeftMessages {

	/**
	 * Runs, with whether each must still be open. Sorted, as by all who lock runs.
	 */
	private final SortedMap<String, Boolean> runs = new TreeMap<>();

	private boolean announced;

	Collection<String> runIds() {
		return runs.keySet();
	}

	void add(String runId, boolean mustArrive) {
		runs.merge(runId, mustArrive, Boolean::logicalOr);
	}

	/**
	 * Whether the transaction is about to commit, so that nothing may be added
	 * unannounced.
	 */
	boolean isAnnounced() {
		return announced;
	}

	boolean needsAnnouncement() {
		return !announced && !runs.isEmpty();
	}

	/**
	 * Sees to it that no run ends without its messages.
	 * @throws WorkflowException with {@code WORKFLOW_CLOSED} if one has ended that must
	 * be open
	 */
	void announce(WriteDialect dialect, Connection connection) throws SQLException {
		announced = true;
		dialect.beginWriting(connection);
		List<String> ended = new ArrayList<>();
		for (Map.Entry<String, Boolean> run : runs.entrySet()) {
			boolean open = dialect.announceMessage(connection, run.getKey());
			if (!open && run.getValue()) {
				ended.add(run.getKey());
			}
		}
		if (!ended.isEmpty()) {
			throw new WorkflowException(ErrorCode.WORKFLOW_CLOSED,
					"Expected the workflows that this transaction signals to be running when it commits, but run %s has ended since. Nothing of the transaction takes effect; do it again without the signal, or start the workflow anew"
						.formatted(String.join(", ", ended)));
		}
	}

}
