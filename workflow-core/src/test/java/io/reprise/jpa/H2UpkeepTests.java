package io.reprise.jpa;

import java.nio.file.Path;

import javax.sql.DataSource;

import org.junit.jupiter.api.io.TempDir;

/** The common behaviour, on a file of H2. */
class H2UpkeepTests extends UpkeepBehaviour {

	@TempDir
	static Path directory;

	@Override
	DataSource createDataSource() {
		return TestPostgres.pool("jdbc:h2:file:" + directory.resolve("store"));
	}

}
