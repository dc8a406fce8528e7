package io.reprise.jpa;

import java.util.Collection;
import java.util.List;

import jakarta.persistence.EntityManager;

/** Reads the inbox. */
final class InboxTable {

	private final EntityManager entityManager;

	InboxTable(EntityManager entityManager) {
		this.entityManager = entityManager;
	}

	List<InboxEntity> findFor(String nodeId, int limit) {
		return entityManager
			.createQuery("select i from InboxEntity i left join ExecutionEntity e on e.runId = i.runId "
					+ "where e.owner is null or e.owner = :nodeId order by i.arrival", InboxEntity.class)
			.setParameter("nodeId", nodeId)
			.setMaxResults(limit)
			.getResultList();
	}

	List<InboxEntity> findOf(String runId) {
		return entityManager
			.createQuery("select i from InboxEntity i where i.runId = :runId order by i.arrival", InboxEntity.class)
			.setParameter("runId", runId)
			.getResultList();
	}

	void delete(Collection<String> runIds) {
		entityManager.createQuery("delete from InboxEntity i where i.runId in :runIds")
			.setParameter("runIds", runIds)
			.executeUpdate();
	}

}
