package io.reprise.jpa;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import org.jspecify.annotations.Nullable;

/** The databases that can be used. */
enum Product {

	POSTGRESQL, H2;

	static Product of(DatabaseMetaData metaData) throws SQLException {
		String name = metaData.getDatabaseProductName();
		return switch (name) {
			case "PostgreSQL" -> POSTGRESQL;
			case "H2" -> H2;
			default -> throw new WorkflowException(ErrorCode.INVALID_ARGUMENT,
					"Expected PostgreSQL or H2 as the database of workflows, but the DataSource leads to " + name + " "
							+ metaData.getDatabaseProductVersion()
							+ ". Give workflows a DataSource of their own that leads to one of these");
		};
	}

	WriteDialect dialect(@Nullable String schema, String url) {
		return switch (this) {
			case POSTGRESQL -> new PostgreSqlWriteDialect(schema);
			case H2 -> new H2WriteDialect(schema, url);
		};
	}

	/** Name of the directory with this product's migrations. */
	String directory() {
		return name().toLowerCase(Locale.ROOT);
	}

}
