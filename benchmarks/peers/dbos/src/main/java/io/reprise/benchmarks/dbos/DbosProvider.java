package io.reprise.benchmarks.dbos;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import io.reprise.benchmarks.Surroundings;
import io.reprise.benchmarks.SystemProvider;
import io.reprise.benchmarks.SystemUnderTest;

/**
 * Starts DBOS on the PostgreSQL of the run. Property: {@code dbos.pool}.
 */
public final class DbosProvider implements SystemProvider {

	@Override
	public SystemUnderTest start(Surroundings surroundings) {
		HikariConfig pool = new HikariConfig();
		pool.setJdbcUrl(surroundings.databaseUrl());
		pool.setMaximumPoolSize(Integer.parseInt(surroundings.property("dbos.pool", "16")));
		HikariDataSource dataSource = new HikariDataSource(pool);
		DBOS dbos = new DBOS(DBOSConfig.defaults("benchmarks").withDataSource(dataSource).withAppVersion("1"));
		Sequences sequences = dbos.registerProxy(Sequences.class, new DbosSequences(dbos));
		dbos.launch();
		return new DbosSystem(dbos, sequences, dataSource);
	}

}
