package io.reprise.it;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Looks into a database past its application.
 */
public final class Sql {

	private Sql() {
	}

	/**
	 * Asks for a number.
	 * @param url the database
	 * @param sql a query
	 * @return the first column of the first row
	 */
	public static long query(String url, String sql) {
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getLong(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Expected an answer to: " + sql, ex);
		}
	}

	/**
	 * Changes something.
	 * @param url the database
	 * @param sql a statement
	 * @return how many rows it changed
	 */
	public static int update(String url, String sql) {
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement()) {
			return statement.executeUpdate(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Expected to carry out: " + sql, ex);
		}
	}

	/**
	 * Reads texts.
	 * @param url the database
	 * @param sql a query
	 * @return the first column of each row
	 */
	public static List<String> texts(String url, String sql) {
		return read(url, sql, (rows) -> rows.getString(1));
	}

	/**
	 * Reads rows to be shown.
	 * @param url the database
	 * @param sql a query
	 * @return a text for each row
	 */
	public static List<String> rows(String url, String sql) {
		return read(url, sql, (rows) -> {
			StringJoiner text = new StringJoiner(", ", "{", "}");
			for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
				text.add(rows.getMetaData().getColumnLabel(i) + "=" + rows.getString(i));
			}
			return text.toString();
		});
	}

	private static List<String> read(String url, String sql, RowText text) {
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			List<String> texts = new ArrayList<>();
			while (rows.next()) {
				texts.add(text.of(rows));
			}
			return texts;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Expected rows of: " + sql, ex);
		}
	}

	@FunctionalInterface
	private interface RowText {

		String of(ResultSet rows) throws SQLException;

	}

}
