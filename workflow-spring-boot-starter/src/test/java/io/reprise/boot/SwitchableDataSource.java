package io.reprise.boot;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database that can be taken away. */
class SwitchableDataSource extends DelegatingDataSource {

	private volatile boolean reachable = true;

	SwitchableDataSource(DataSource target) {
		super(target);
	}

	/** A database that is not there. */
	static SwitchableDataSource away() {
		SwitchableDataSource dataSource = new SwitchableDataSource(new DriverManagerDataSource("jdbc:h2:mem:away"));
		dataSource.setReachable(false);
		return dataSource;
	}

	void setReachable(boolean reachable) {
		this.reachable = reachable;
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (!reachable) {
			throw new SQLException("The database is away", "08001");
		}
		return super.getConnection();
	}

}
