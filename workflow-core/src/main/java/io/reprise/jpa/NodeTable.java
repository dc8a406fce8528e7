package io.reprise.jpa;

import java.util.List;

import jakarta.persistence.EntityManager;

/** Reads nodes. */
final class NodeTable {

	private final EntityManager entityManager;

	NodeTable(EntityManager entityManager) {
		this.entityManager = entityManager;
	}

	List<NodeEntity> findGone(String nodeId) {
		return entityManager
			.createQuery("select n from NodeEntity n where n.state <> 'JOINED' and n.nodeId <> :nodeId "
					+ "order by n.nodeId", NodeEntity.class)
			.setParameter("nodeId", nodeId)
			.getResultList();
	}

	List<String> findIds() {
		return entityManager.createQuery("select n.nodeId from NodeEntity n", String.class).getResultList();
	}

}
