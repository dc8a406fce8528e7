package io.reprise.jpa;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

import javax.sql.DataSource;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;

/** A Hibernate of our own: entities and transactions. */
final class PersistenceUnit implements AutoCloseable {

	private final LocalContainerEntityManagerFactoryBean factoryBean = new LocalContainerEntityManagerFactoryBean();

	private final JpaTransactionManager transactionManager;

	private final EntityManager entityManager;

	PersistenceUnit(DataSource dataSource, @Nullable String schema) {
		factoryBean.setBeanClassLoader(PersistenceUnit.class.getClassLoader());
		factoryBean.setPersistenceUnitName("workflow");
		factoryBean.setDataSource(dataSource);
		factoryBean.setManagedTypes(PersistenceManagedTypes.of(ExecutionEntity.class.getName(),
				HistoryEntity.class.getName(), SnapshotEntity.class.getName(), InboxEntity.class.getName(),
				NodeEntity.class.getName(), PayloadEntity.class.getName()));
		factoryBean.setSharedCacheMode(SharedCacheMode.NONE);
		factoryBean.setValidationMode(ValidationMode.NONE);
		factoryBean.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
		factoryBean.setJpaPropertyMap(properties(schema));
		factoryBean.afterPropertiesSet();
		EntityManagerFactory factory = factoryBean.getObject();
		if (factory == null) {
			throw new IllegalStateException("Expected an EntityManagerFactory, but none was made");
		}
		transactionManager = new JpaTransactionManager(factory);
		transactionManager.afterPropertiesSet();
		entityManager = SharedEntityManagerCreator.createSharedEntityManager(factory);
	}

	/**
	 * All set here, so that a hibernate.properties of the host does not reach this unit.
	 */
	private static Map<String, Object> properties(@Nullable String schema) {
		Map<String, Object> properties = new HashMap<>();
		properties.put("hibernate.hbm2ddl.auto", "none");
		properties.put("jakarta.persistence.schema-generation.database.action", "none");
		properties.put("hibernate.jdbc.time_zone", "UTC");
		properties.put("hibernate.query.in_clause_parameter_padding", "true");
		properties.put("hibernate.cache.use_second_level_cache", "false");
		properties.put("hibernate.cache.use_query_cache", "false");
		properties.put("hibernate.show_sql", "false");
		properties.put("hibernate.generate_statistics", "false");
		properties.put("hibernate.globally_quoted_identifiers", "false");
		properties.put("hibernate.physical_naming_strategy",
				"org.hibernate.boot.model.naming.PhysicalNamingStrategyStandardImpl");
		if (schema != null) {
			properties.put("hibernate.default_schema", '`' + schema + '`');
		}
		return properties;
	}

	PlatformTransactionManager transactionManager() {
		return transactionManager;
	}

	/**
	 * Leads to the one of the calling thread's transaction, so any number of threads may
	 * use it.
	 */
	EntityManager entityManager() {
		return entityManager;
	}

	/**
	 * Runs work on the connection of the transaction that is under way. Its exceptions
	 * pass Hibernate and Spring without the rows, which these would log.
	 */
	<T extends @Nullable Object> T onConnection(SqlWork<T> work) {
		return entityManager.unwrap(Session.class).doReturningWork(connection -> {
			try {
				return work.on(connection);
			}
			catch (SQLException ex) {
				throw new UncheckedSqlException(StoreErrors.withoutRows(ex));
			}
		});
	}

	@Override
	public void close() {
		factoryBean.destroy();
	}

	/** Carries an exception of the driver through code that declares none. */
	private static final class UncheckedSqlException extends RuntimeException {

		UncheckedSqlException(Throwable cause) {
			super(cause);
		}

	}

}
