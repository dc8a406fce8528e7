package io.reprise.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The server of a run, as whoever measures sees it.
 *
 * @param url JDBC address of a database for looking at the server, credentials included
 * @param pid its first process
 */
record Database(String url, long pid) {

	/**
	 * Opens a connection for looking at the server.
	 * @return the connection; the caller closes it
	 * @throws SQLException if it cannot be opened
	 */
	Connection connect() throws SQLException {
		return DriverManager.getConnection(url);
	}

}
