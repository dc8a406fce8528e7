package io.reprise.jpa;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.reprise.protocol.ExecutionKey;

/**
 * Workflow ids that transactions of this process are about to use in one database. Each
 * may be held by several, of which the database lets one go on.
 */
final class HeldIds {

	private static final Map<String, HeldIds> databases = new ConcurrentHashMap<>();

	private final Map<Id, Integer> holders = new ConcurrentHashMap<>();

	private HeldIds() {
	}

	/**
	 * Those in a database, which several stores of this process may share.
	 * @param url the database as its driver names it
	 */
	static HeldIds in(String url) {
		return databases.computeIfAbsent(url, same -> new HeldIds());
	}

	void add(ExecutionKey key) {
		holders.merge(Id.of(key), 1, Integer::sum);
	}

	void remove(ExecutionKey key) {
		holders.computeIfPresent(Id.of(key), (id, count) -> (count > 1) ? count - 1 : null);
	}

	boolean contains(ExecutionKey key) {
		return holders.containsKey(Id.of(key));
	}

	private record Id(String namespace, String workflowId) {

		static Id of(ExecutionKey key) {
			return new Id(key.namespace(), key.workflowId());
		}

	}

}
