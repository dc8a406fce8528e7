package io.reprise.spi;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A transition to be written.
 *
 * @param record the run after it; its version is {@code expectedVersion + 1}
 * @param expectedVersion the version the run must have, 0 for a run to be created
 * @param appended the new row of the history, or {@code null} if only the record changes
 * @param snapshot a new snapshot, or {@code null}
 * @param messagesSeen how many messages may have been left for the run at most; with more
 * it is {@link WriteOutcome#MESSAGE_LEFT}
 * @param latestStart for a run to be created, when the latest run began that was known of
 * its workflow id, or {@link #NO_RUN}; with a later one it is
 * {@link WriteOutcome#NEWER_RUN_EXISTS}. {@code null} if other runs do not matter, unless
 * they are open
 * @param payloads what is kept beside the history; written only if the transition is, and
 * nothing if it is there already
 */
public record RunWrite(RunRecord record, long expectedVersion, @Nullable StoredTransition appended,
		@Nullable StoredSnapshot snapshot, long messagesSeen, @Nullable Instant latestStart,
		List<StoredPayload> payloads) {

	/** For what messages that were left do not matter to. */
	public static final long ANY_MESSAGES = Long.MAX_VALUE;

	/** For a workflow id of which no run was known: earlier than all of them. */
	public static final Instant NO_RUN = Instant.EPOCH;

	/**
	 * A transition that keeps nothing beside the history.
	 * @param record the run after it
	 * @param expectedVersion the version the run must have
	 * @param appended the new row of the history, or {@code null}
	 * @param snapshot a new snapshot, or {@code null}
	 * @param messagesSeen how many messages may have been left for it at most
	 * @param latestStart when the latest run began that is known, or {@code null}
	 */
	public RunWrite(RunRecord record, long expectedVersion, @Nullable StoredTransition appended,
			@Nullable StoredSnapshot snapshot, long messagesSeen, @Nullable Instant latestStart) {
		this(record, expectedVersion, appended, snapshot, messagesSeen, latestStart, List.of());
	}

	/**
	 * A transition of a run that exists.
	 * @param record the run after it
	 * @param expectedVersion the version the run must have
	 * @param appended the new row of the history, or {@code null}
	 * @param snapshot a new snapshot, or {@code null}
	 * @param messagesSeen how many messages may have been left for it at most
	 */
	public RunWrite(RunRecord record, long expectedVersion, @Nullable StoredTransition appended,
			@Nullable StoredSnapshot snapshot, long messagesSeen) {
		this(record, expectedVersion, appended, snapshot, messagesSeen, null);
	}

	/**
	 * A transition that messages which were left do not keep from being written.
	 * @param record the run after it
	 * @param expectedVersion the version the run must have
	 * @param appended the new row of the history, or {@code null}
	 * @param snapshot a new snapshot, or {@code null}
	 */
	public RunWrite(RunRecord record, long expectedVersion, @Nullable StoredTransition appended,
			@Nullable StoredSnapshot snapshot) {
		this(record, expectedVersion, appended, snapshot, ANY_MESSAGES);
	}

	/**
	 * The same creation, unless a later run turns up.
	 * @param start when the latest run began that is known, or {@link #NO_RUN}
	 * @return the creation
	 */
	public RunWrite after(@Nullable Instant start) {
		return new RunWrite(record, expectedVersion, appended, snapshot, messagesSeen, start, payloads);
	}

	public boolean isCreation() {
		return expectedVersion == 0;
	}

}
