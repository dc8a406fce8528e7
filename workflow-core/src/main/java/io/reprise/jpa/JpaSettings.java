package io.reprise.jpa;

import org.jspecify.annotations.Nullable;

/**
 * How {@link JpaPersistence} uses its database.
 *
 * @param schema the schema of the tables, created if it is missing; {@code null} for the
 * connection's own. It is quoted: upper and lower case matter
 * @param allowInMemory whether an H2 database that forgets everything at its end is
 * accepted
 * @param migrate whether the tables are created and brought up to date; otherwise
 * somebody else does that with the scripts in {@code io/reprise/jpa/migration}
 * @param advisoryLocks whether each node holds a PostgreSQL session of its own, by which
 * others notice at once that its process died; useless behind a pooler that shares
 * sessions, as PgBouncer in transaction mode does
 */
public record JpaSettings(@Nullable String schema, boolean allowInMemory, boolean migrate, boolean advisoryLocks) {

	public JpaSettings {
		if (schema != null && !schema.matches("[\\p{L}_][\\p{L}\\p{N}_$-]{0,62}")) {
			throw new IllegalArgumentException(
					"Expected the name of a schema (letters, digits and underscores), but found '" + schema + "'");
		}
	}

	/**
	 * The connection's own schema, durable databases only.
	 * @return the settings
	 */
	public static JpaSettings defaults() {
		return new JpaSettings(null, false, true, true);
	}

	/**
	 * The same settings with tables in another schema.
	 * @param schema the schema, or {@code null} for the connection's own
	 * @return the settings
	 */
	public JpaSettings withSchema(@Nullable String schema) {
		return new JpaSettings(schema, allowInMemory, migrate, advisoryLocks);
	}

	/**
	 * The same settings, which accept or refuse a database in memory.
	 * @param allow whether it is accepted
	 * @return the settings
	 */
	public JpaSettings withAllowInMemory(boolean allow) {
		return new JpaSettings(schema, allow, migrate, advisoryLocks);
	}

}
