package io.reprise.spi;

import org.jspecify.annotations.Nullable;

/**
 * A transition to be written.
 *
 * @param record the run after it; its version is {@code expectedVersion + 1}
 * @param expectedVersion the version the run must have, 0 for a run to be created
 * @param appended the new row of the history, or {@code null} if only the record changes
 * @param snapshot a new snapshot, or {@code null}
 */
public record RunWrite(RunRecord record, long expectedVersion, @Nullable StoredTransition appended,
		@Nullable StoredSnapshot snapshot) {

	public boolean isCreation() {
		return expectedVersion == 0;
	}

}
