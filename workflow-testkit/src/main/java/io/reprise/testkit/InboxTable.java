package io.reprise.testkit;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Stream;

import io.reprise.spi.InboxEntry;

/**
 * The inbox of a store in memory, in order of arrival. Keeps and gives copies of all
 * bytes. Guarded by the lock of the store it belongs to.
 */
final class InboxTable {

	private final SequencedMap<Key, InboxEntry> entries = new LinkedHashMap<>();

	/** Adds an entry, unless there is one of the same run and request. */
	void add(InboxEntry entry) {
		entries.putIfAbsent(Key.of(entry), copy(entry));
	}

	Stream<InboxEntry> all() {
		return entries.values().stream().map(InboxTable::copy);
	}

	Stream<InboxEntry> of(String runId) {
		return entries.values().stream().filter(entry -> entry.key().runId().equals(runId)).map(InboxTable::copy);
	}

	void remove(InboxEntry entry) {
		entries.remove(Key.of(entry));
	}

	void removeAllOf(Collection<String> runIds) {
		entries.keySet().removeIf(key -> runIds.contains(key.runId()));
	}

	void clear() {
		entries.clear();
	}

	private static InboxEntry copy(InboxEntry entry) {
		return new InboxEntry(entry.key(), entry.requestId(), entry.body().clone());
	}

	private record Key(String runId, String requestId) {

		static Key of(InboxEntry entry) {
			return new Key(entry.key().runId(), entry.requestId());
		}

	}

}
