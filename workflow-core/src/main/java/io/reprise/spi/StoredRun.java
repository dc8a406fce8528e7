package io.reprise.spi;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A run as loaded.
 *
 * @param record the record
 * @param snapshot its newest snapshot, or {@code null}
 * @param tail the transitions after the snapshot, or all
 * @param messagesLeft how many messages were ever left for it, taken or not
 */
public record StoredRun(RunRecord record, @Nullable StoredSnapshot snapshot, List<StoredTransition> tail,
		long messagesLeft) {

	public StoredRun {
		tail = List.copyOf(tail);
	}

}
