package io.reprise.jpa;

import java.util.Collection;
import java.util.Optional;

import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;

/** Reads payloads that are kept beside the history. */
final class PayloadTable {

	private final EntityManager entityManager;

	PayloadTable(EntityManager entityManager) {
		this.entityManager = entityManager;
	}

	Optional<byte[]> find(String runId, String payloadId) {
		@Nullable PayloadEntity found = entityManager.find(PayloadEntity.class, new PayloadEntity.Key(runId, payloadId));
		return Optional.ofNullable(found).map(PayloadEntity::body);
	}

	void delete(Collection<String> runIds) {
		entityManager.createQuery("delete from PayloadEntity p where p.runId in :runIds")
			.setParameter("runIds", runIds)
			.executeUpdate();
	}

}
