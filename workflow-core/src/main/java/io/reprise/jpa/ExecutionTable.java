package io.reprise.jpa;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.reprise.spi.RunVersion;
import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;

/**
 * Reads runs. In all queries the status is a literal, so that PostgreSQL can use its
 * partial indexes.
 */
final class ExecutionTable {

	private final EntityManager entityManager;

	ExecutionTable(EntityManager entityManager) {
		this.entityManager = entityManager;
	}

	Optional<ExecutionEntity> find(String runId) {
		@Nullable ExecutionEntity found = entityManager.find(ExecutionEntity.class, runId);
		return Optional.ofNullable(found);
	}

	Optional<RunVersion> findVersion(String runId) {
		return entityManager
			.createQuery("select e.version, exists (select 1 from InboxEntity i where i.runId = e.runId) "
					+ "from ExecutionEntity e where e.runId = :runId", Object[].class)
			.setParameter("runId", runId)
			.getResultList()
			.stream()
			.findFirst()
			.map(row -> new RunVersion((Long) row[0], (Boolean) row[1]));
	}

	List<ExecutionEntity> findAll(Collection<String> runIds) {
		return entityManager
			.createQuery("select e from ExecutionEntity e where e.runId in :runIds", ExecutionEntity.class)
			.setParameter("runIds", runIds)
			.getResultList();
	}

	Optional<ExecutionEntity> findOpen(byte[] openKey) {
		return entityManager
			.createQuery("select e from ExecutionEntity e where e.openKey = :openKey", ExecutionEntity.class)
			.setParameter("openKey", openKey)
			.getResultList()
			.stream()
			.findFirst();
	}

	Optional<ExecutionEntity> findNewest(byte[] workflowKey) {
		return entityManager
			.createQuery("select e from ExecutionEntity e where e.workflowKey = :workflowKey "
					+ "order by e.startTime desc, e.runId desc", ExecutionEntity.class)
			.setParameter("workflowKey", workflowKey)
			.setMaxResults(1)
			.getResultList()
			.stream()
			.findFirst();
	}

	List<ExecutionEntity> findDue(String nodeId, Collection<String> workflowTypes, Instant until, int limit) {
		return entityManager
			.createQuery("select e from ExecutionEntity e where e.status = 0 and e.nextDueAt <= :until "
					+ "and (e.owner is null or e.owner = :nodeId) and e.workflowType in :types "
					+ "order by e.nextDueAt, e.runId", ExecutionEntity.class)
			.setParameter("until", until)
			.setParameter("types", workflowTypes)
			.setParameter("nodeId", nodeId)
			.setMaxResults(limit)
			.getResultList();
	}

	List<ExecutionEntity> findOwned(String nodeId, String after, int limit) {
		return entityManager
			.createQuery("select e from ExecutionEntity e where e.owner = :nodeId "
					+ "and e.runId > :after order by e.runId", ExecutionEntity.class)
			.setParameter("nodeId", nodeId)
			.setParameter("after", after)
			.setMaxResults(limit)
			.getResultList();
	}

	long countStalled() {
		return entityManager
			.createQuery("select count(e) from ExecutionEntity e where e.status = 0 and e.stallCode is not null",
					Long.class)
			.getSingleResult();
	}

	/** The next owner of runs in the order of their names. */
	Optional<String> findOwnerAfter(String after) {
		return entityManager
			.createQuery("select e.owner from ExecutionEntity e where e.owner > :after " + "order by e.owner",
					String.class)
			.setParameter("after", after)
			.setMaxResults(1)
			.getResultList()
			.stream()
			.findFirst();
	}

	boolean isOwner(String nodeId) {
		return !entityManager.createQuery("select e.runId from ExecutionEntity e where e.owner = :nodeId", String.class)
			.setParameter("nodeId", nodeId)
			.setMaxResults(1)
			.getResultList()
			.isEmpty();
	}

	void delete(Collection<String> runIds) {
		entityManager.createQuery("delete from ExecutionEntity e where e.runId in :runIds")
			.setParameter("runIds", runIds)
			.executeUpdate();
	}

}
