package io.reprise.jpa;

import jakarta.persistence.EntityManager;
import org.hibernate.FlushMode;
import org.hibernate.Session;

import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The persistence contexts that the application works with in the calling thread. */
final class HostEntityManagers {

	private HostEntityManagers() {
	}

	/**
	 * Writes what their commit would write. Whoever is about to lock something lets them
	 * do this first, so that the lock does not last for as long as it takes.
	 */
	static void flush() {
		for (Object resource : TransactionSynchronizationManager.getResourceMap().values()) {
			if (resource instanceof EntityManagerHolder holder && flushesAtCommit(holder.getEntityManager())) {
				holder.getEntityManager().flush();
			}
		}
	}

	private static boolean flushesAtCommit(EntityManager entityManager) {
		return entityManager.isOpen() && entityManager.isJoinedToTransaction()
				&& !(entityManager instanceof Session session && session.getHibernateFlushMode() == FlushMode.MANUAL);
	}

}
