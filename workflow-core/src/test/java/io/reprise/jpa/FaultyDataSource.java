package io.reprise.jpa;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Lets a test step in before or after calls to the driver. */
final class FaultyDataSource extends DelegatingDataSource {

	/** Called around commits and executions. */
	interface Fault {

		void at(String moment, Connection connection) throws SQLException;

	}

	volatile @Nullable Fault fault;

	FaultyDataSource(DataSource target) {
		super(target);
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		return proxy(Connection.class, connection, connection);
	}

	private <T> T proxy(Class<T> type, Object target, Connection connection) {
		InvocationHandler handler = (self, method, args) -> {
			step("before", method, connection);
			Object result;
			try {
				result = method.invoke(target, args);
			}
			catch (InvocationTargetException ex) {
				throw ex.getTargetException();
			}
			step("after", method, connection);
			return (result instanceof PreparedStatement && !(result instanceof CallableStatement))
					? proxy(PreparedStatement.class, result, connection) : result;
		};
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private void step(String when, Method method, Connection connection) throws SQLException {
		Fault current = fault;
		boolean interesting = method.getName().startsWith("execute") || method.getName().equals("commit");
		if (current != null && interesting) {
			current.at(when + " " + method.getName(), connection);
		}
	}

}
