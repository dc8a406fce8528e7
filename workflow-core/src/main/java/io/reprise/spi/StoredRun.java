package io.reprise.spi;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A run as loaded.
 *
 * @param record the record
 * @param snapshot its newest snapshot, or {@code null}
 * @param tail the transitions after the snapshot, or all
 */
public record StoredRun(RunRecord record, @Nullable StoredSnapshot snapshot, List<StoredTransition> tail) {

	public StoredRun {
		tail = List.copyOf(tail);
	}

}
