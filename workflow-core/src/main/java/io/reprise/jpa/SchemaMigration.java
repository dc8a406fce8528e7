package io.reprise.jpa;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

import javax.sql.DataSource;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;

/**
 * Creates the tables and brings them up to date, with Flyway as a library: a history
 * table and a place for scripts of its own, so that the host's Flyway never meets it.
 */
final class SchemaMigration {

	/**
	 * The number in {@code workflow_schema} that this build works with. A migration that
	 * older builds cannot live with raises it.
	 */
	static final int COMPATIBILITY = 1;

	static final String HISTORY_TABLE = "workflow_schema_history";

	/**
	 * PostgreSQL: no table, no schema; H2: no table (with or without a similar one), no
	 * schema.
	 */
	private static final Set<String> MISSING_TABLE = Set.of("42P01", "3F000", "42S02", "42S03", "42S04", "90079");

	private SchemaMigration() {
	}

	static void migrate(DataSource dataSource, Product product, @Nullable String schema) {
		FluentConfiguration configuration = Flyway.configure(SchemaMigration.class.getClassLoader())
			.dataSource(dataSource)
			.table(HISTORY_TABLE)
			.locations("classpath:io/reprise/jpa/migration/" + product.directory())
			.failOnMissingLocations(true)
			// The schema may be the application's, with tables and a history of its own
			.baselineOnMigrate(true)
			.baselineVersion("0")
			.baselineDescription("before Reprise")
			.cleanDisabled(true)
			.loggers("slf4j");
		if (schema != null) {
			configuration.defaultSchema(schema).schemas(schema).createSchemas(true);
		}
		try {
			configuration.load().migrate();
		}
		catch (FlywayValidateException ex) {
			throw new WorkflowException(ErrorCode.SCHEMA_INCOMPATIBLE,
					"Expected the tables of workflows as this build's scripts make them, but their history differs: "
							+ StoreErrors.withoutPeriod(String.valueOf(ex.getMessage())) + ". Restore " + HISTORY_TABLE
							+ " or use an empty schema",
					ex);
		}
		catch (FlywayException ex) {
			throw explained(product, ex);
		}
	}

	private static RuntimeException explained(Product product, FlywayException ex) {
		String message = ex.getMessage();
		if (product == Product.POSTGRESQL && message != null && message.startsWith("Unsupported Database")) {
			return new WorkflowException(ErrorCode.SCHEMA_INCOMPATIBLE,
					"Expected Flyway's part for PostgreSQL, but " + StoreErrors.withoutPeriod(message)
							+ ". Add the dependency org.flywaydb:flyway-database-postgresql",
					ex);
		}
		return ex;
	}

	/**
	 * Checks that this build knows the tables.
	 * @param table full name of {@code workflow_schema}
	 */
	static void check(Connection connection, String table) throws SQLException {
		int found = compatibility(connection, table);
		if (found != COMPATIBILITY) {
			throw new WorkflowException(ErrorCode.SCHEMA_INCOMPATIBLE,
					"Expected tables of compatibility " + COMPATIBILITY + ", but " + table + " says " + found + ". "
							+ ((found > COMPATIBILITY)
									? "A newer build of Reprise has migrated them; run that build, or one newer"
									: "Let a build of Reprise that is allowed to migrate start first"));
		}
	}

	private static int compatibility(Connection connection, String table) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT compatibility FROM " + table)) {
			return rows.next() ? rows.getInt(1) : 0;
		}
		catch (SQLException ex) {
			if (!MISSING_TABLE.contains(String.valueOf(ex.getSQLState()))) {
				throw ex;
			}
			throw new WorkflowException(ErrorCode.SCHEMA_INCOMPATIBLE,
					"Expected the tables of workflows, but there is no " + table
							+ ". Allow the migration, or run the scripts in io/reprise/jpa/migration",
					ex);
		}
	}

}
