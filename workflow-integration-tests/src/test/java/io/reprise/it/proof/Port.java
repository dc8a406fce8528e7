package io.reprise.it.proof;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.reprise.Activities;
import io.reprise.Activity;
import io.reprise.ActivityInfo;

/** Activities that leave a line for each attempt that does its work. */
@Activity
public class Port {

	static final String TABLE = """
			create table if not exists proof_ledger (id bigint generated always as identity, run_id varchar(64),
			activity_id int, attempt int, leg varchar(200))""";

	private final DataSource database;

	Port(DataSource database) {
		this.database = database;
	}

	public String call(String leg) {
		write(leg);
		HaltPoint.IN_ACTIVITY_BEFORE_REPORT.pass();
		return leg;
	}

	/** Fails at its first attempt. */
	public String stormy(String leg) {
		if (Activities.info().attempt() == 1) {
			throw new IllegalStateException("A storm at " + leg);
		}
		return call(leg);
	}

	private void write(String leg) {
		ActivityInfo info = Activities.info();
		try (Connection connection = database.getConnection();
				PreparedStatement insert = connection.prepareStatement(
						"insert into proof_ledger (run_id, activity_id, attempt, leg) values (?, ?, ?, ?)")) {
			insert.setString(1, info.runId());
			insert.setInt(2, info.activityId());
			insert.setInt(3, info.attempt());
			insert.setString(4, leg);
			insert.executeUpdate();
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Expected to write into the ledger", ex);
		}
	}

}
