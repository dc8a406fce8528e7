package io.reprise.jpa;

import java.util.Collection;
import java.util.List;

import io.reprise.spi.StoredTransition;
import jakarta.persistence.EntityManager;

/** Reads histories. */
final class HistoryTable {

	private final EntityManager entityManager;

	HistoryTable(EntityManager entityManager) {
		this.entityManager = entityManager;
	}

	/** Columns rather than entities: a long history has tens of thousands of rows. */
	List<StoredTransition> findFrom(String runId, long fromEventId) {
		return entityManager
			.createQuery("select h.firstEventId, h.body, h.bodyRest from HistoryEntity h where h.runId = :runId "
					+ "and h.firstEventId >= :fromEventId order by h.firstEventId", Object[].class)
			.setParameter("runId", runId)
			.setParameter("fromEventId", fromEventId)
			.getResultList()
			.stream()
			.map((row) -> new StoredTransition((long) row[0], Bodies.join((byte[]) row[1], (byte[]) row[2])))
			.toList();
	}

	/** The rows after the snapshots of runs, or all of those that have none. */
	List<HistoryEntity> findTails(Collection<String> runIds) {
		return entityManager
			.createQuery("select h from HistoryEntity h left join SnapshotEntity s on s.runId = h.runId "
					+ "where h.runId in :runIds and h.firstEventId > coalesce(s.lastEventId, 0) "
					+ "order by h.runId, h.firstEventId", HistoryEntity.class)
			.setParameter("runIds", runIds)
			.getResultList();
	}

	void delete(Collection<String> runIds) {
		entityManager.createQuery("delete from HistoryEntity h where h.runId in :runIds")
			.setParameter("runIds", runIds)
			.executeUpdate();
	}

}
