package io.reprise.spi;

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
 */
public record RunWrite(RunRecord record, long expectedVersion, @Nullable StoredTransition appended,
		@Nullable StoredSnapshot snapshot, long messagesSeen) {

	/** For what messages that were left do not matter to. */
	public static final long ANY_MESSAGES = Long.MAX_VALUE;

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

	public boolean isCreation() {
		return expectedVersion == 0;
	}

}
