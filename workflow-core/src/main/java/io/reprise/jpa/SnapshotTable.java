package io.reprise.jpa;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;

/** Reads snapshots. */
final class SnapshotTable {

	private final EntityManager entityManager;

	SnapshotTable(EntityManager entityManager) {
		this.entityManager = entityManager;
	}

	Optional<SnapshotEntity> find(String runId) {
		@Nullable SnapshotEntity found = entityManager.find(SnapshotEntity.class, runId);
		return Optional.ofNullable(found);
	}

	List<SnapshotEntity> findAll(Collection<String> runIds) {
		return entityManager
			.createQuery("select s from SnapshotEntity s where s.runId in :runIds", SnapshotEntity.class)
			.setParameter("runIds", runIds)
			.getResultList();
	}

	void delete(Collection<String> runIds) {
		entityManager.createQuery("delete from SnapshotEntity s where s.runId in :runIds")
			.setParameter("runIds", runIds)
			.executeUpdate();
	}

}
