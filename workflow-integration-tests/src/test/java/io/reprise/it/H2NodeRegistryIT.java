package io.reprise.it;

import java.nio.file.Path;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that tables in a file of H2 keep the contract of a registry of nodes.
 */
class H2NodeRegistryIT extends JpaNodeRegistrySuite {

	@TempDir
	static Path directory;

	@Override
	HikariDataSource openPool() {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl("jdbc:h2:file:" + directory.resolve("workflow"));
		return pool;
	}

}
