package io.reprise.jpa;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunQuery.Field;
import io.reprise.spi.StoreException;
import io.reprise.spi.StoreException.Outcome;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.reprise.spi.WriteOutcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/** What happens when a database is opened. */
class OpeningTests {

	@TempDir
	Path directory;

	private HikariDataSource newDatabase(Product product) {
		return TestPostgres.pool(switch (product) {
			case POSTGRESQL -> TestPostgres.newDatabase();
			case H2 -> "jdbc:h2:file:" + directory.resolve("opening");
		});
	}

	private static void execute(DataSource dataSource, String... statements) throws SQLException {
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	private static String query(DataSource dataSource, String sql) throws SQLException {
		try (Connection connection = dataSource.getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getString(1);
		}
	}

	private static void worksOn(JpaPersistence persistence) {
		HistoryStore store = persistence.historyStore();
		Writes run = Writes.of("works");
		assertThat(store.commit(List.of(run.next(new byte[1], true)))).containsExactly(WRITTEN);
		assertThat(store.commit(List.of(run.next(new byte[1], true), Writes.of("beside").next())))
			.containsExactly(WRITTEN, WRITTEN);
		assertThat(store.load(List.of(run.runId()))).hasSize(1);
		assertThat(store.list(new RunQuery("default", List.of(), Field.START_TIME, true, 1, null)).nextPageToken())
			.isNotNull();
		persistence.nodeRegistry().join("node", NodeBehaviour.LEASE);
		assertThat(persistence.nodeRegistry().findGone("node")).isEmpty();
		persistence.nodeRegistry().leave("node", true);
	}

	@ParameterizedTest
	@EnumSource
	void shouldLiveBesideTheTablesAndTheFlywayOfTheHost(Product product) throws SQLException {
		try (HikariDataSource dataSource = newDatabase(product)) {
			execute(dataSource, "CREATE TABLE customer (id bigint PRIMARY KEY)", "INSERT INTO customer VALUES (7)");
			Flyway host = Flyway.configure()
				.dataSource(dataSource)
				.locations("classpath:io/reprise/jpa/host")
				.baselineOnMigrate(true)
				.load();
			host.migrate();

			try (JpaPersistence persistence = new JpaPersistence(dataSource, JpaSettings.defaults())) {
				persistence.historyStore().open();
				worksOn(persistence);
			}

			host.validate();
			assertThat(host.info().applied()).hasSize(2);
			assertThat(query(dataSource, "SELECT max(id) FROM customer")).isEqualTo("7");
			assertThat(query(dataSource,
					"SELECT count(*) FROM \"" + SchemaMigration.HISTORY_TABLE + "\" WHERE \"version\" = '1'"))
				.isEqualTo("1");
		}
	}

	@ParameterizedTest
	@EnumSource
	void shouldUseASchemaOfItsOwn(Product product) throws SQLException {
		try (HikariDataSource dataSource = newDatabase(product);
				JpaPersistence persistence = new JpaPersistence(dataSource,
						JpaSettings.defaults().withSchema("Mixed_Case"))) {
			persistence.historyStore().open();

			worksOn(persistence);

			assertThat(query(dataSource, "SELECT count(*) FROM \"Mixed_Case\".workflow_execution")).isEqualTo("2");
			assertThat(query(dataSource,
					"SELECT count(*) FROM information_schema.tables "
							+ "WHERE lower(table_name) = 'workflow_execution' AND table_schema <> 'Mixed_Case'"))
				.isEqualTo("0");
		}
	}

	@Test
	void shouldRefuseANameOfASchemaThatIsNone() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> JpaSettings.defaults().withSchema("a\".b"))
			.withMessageContaining("Expected the name of a schema");
	}

	@ParameterizedTest
	@EnumSource
	void shouldRefuseTablesOfANewerBuild(Product product) throws SQLException {
		try (HikariDataSource dataSource = newDatabase(product)) {
			try (JpaPersistence persistence = new JpaPersistence(dataSource, JpaSettings.defaults())) {
				persistence.historyStore().open();
			}
			execute(dataSource, "UPDATE workflow_schema SET compatibility = 99");

			try (JpaPersistence persistence = new JpaPersistence(dataSource, JpaSettings.defaults())) {
				assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> persistence.historyStore().open())
					.withMessageContaining("compatibility 1, but workflow_schema says 99")
					.withMessageContaining("newer build")
					.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.SCHEMA_INCOMPATIBLE));
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void shouldAskForTablesThatItMayNotCreate(Product product) {
		try (HikariDataSource dataSource = newDatabase(product);
				JpaPersistence persistence = new JpaPersistence(dataSource,
						new JpaSettings(null, false, false, true))) {
			assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> persistence.historyStore().open())
				.withMessageContaining("there is no workflow_schema")
				.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.SCHEMA_INCOMPATIBLE));
		}
	}

	@Test
	void shouldWaitForADatabaseThatComesLater() throws SQLException {
		String url = TestPostgres.newDatabase();
		String name = url.replaceAll(".*/(test_[0-9a-f]+).*", "$1");
		try (HikariDataSource admin = TestPostgres.pool(url.replace(name, "postgres"))) {
			execute(admin, "DROP DATABASE " + name);
			HikariDataSource dataSource = new HikariDataSource();
			dataSource.setJdbcUrl(url);
			dataSource.setConnectionTimeout(250);
			dataSource.setInitializationFailTimeout(-1);
			try (dataSource; JpaPersistence persistence = new JpaPersistence(dataSource, JpaSettings.defaults())) {
				HistoryStore store = persistence.historyStore();
				assertThatExceptionOfType(StoreException.class).isThrownBy(store::open)
					.satisfies(ex -> assertThat(ex.outcome()).isEqualTo(Outcome.NOTHING_WRITTEN));
				assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.find("x"))
					.withMessageContaining("call open() first");
				assertThat(store.commitsInAnyThread()).isFalse();
				execute(admin, "CREATE DATABASE " + name);

				Awaitility.await().ignoreExceptionsInstanceOf(StoreException.class).until(() -> {
					store.open();
					return true;
				});

				assertThat(store.commitsInAnyThread()).isTrue();
				worksOn(persistence);
			}
		}
	}

	@Test
	void shouldLetManyNodesOpenAtTheSameTime() throws Exception {
		try (HikariDataSource dataSource = newDatabase(Product.POSTGRESQL)) {
			execute(dataSource, "CREATE TABLE customer (id bigint PRIMARY KEY)");
			List<Callable<String>> tasks = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				tasks.add(() -> {
					try (JpaPersistence persistence = new JpaPersistence(dataSource, JpaSettings.defaults())) {
						persistence.historyStore().open();
						return "open";
					}
				});
			}

			assertThat(StoreBehaviour.together(tasks)).containsOnly("open");
		}
	}

	@Test
	void shouldNameTheDatabasesItKnows() throws SQLException {
		DataSource dataSource = mock(DataSource.class);
		Connection connection = mock(Connection.class);
		DatabaseMetaData metaData = mock(DatabaseMetaData.class);
		given(dataSource.getConnection()).willReturn(connection);
		given(connection.getMetaData()).willReturn(metaData);
		given(metaData.getDatabaseProductName()).willReturn("MariaDB");
		given(metaData.getDatabaseProductVersion()).willReturn("12");

		try (JpaPersistence persistence = new JpaPersistence(dataSource, JpaSettings.defaults())) {
			assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> persistence.historyStore().open())
				.withMessageContaining("Expected PostgreSQL or H2")
				.withMessageContaining("MariaDB 12");
		}
	}

}
