package io.reprise.jpa;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Work on a connection.
 *
 * @param <T> its result
 */
@FunctionalInterface
interface SqlWork<T> {

	T on(Connection connection) throws SQLException;

}
