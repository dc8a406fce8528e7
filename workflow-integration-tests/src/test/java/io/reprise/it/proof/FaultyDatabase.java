package io.reprise.it.proof;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A database whose statements and commits fail now and then, as the seed says: nothing
 * done, or done and not told.
 */
final class FaultyDatabase extends DelegatingDataSource {

	/** What goes wrong. */
	enum Fault {

		/** Somebody else was quicker; nothing is written. */
		SERIALIZATION("40001"),
		/** A deadlock; nothing is written. */
		DEADLOCK("40P01"),
		/** The connection is gone; nothing was sent. */
		CUT_BEFORE("08006"),
		/** The connection is gone; the server has done it. */
		CUT_AFTER("08006");

		private final String state;

		Fault(String state) {
			this.state = state;
		}

	}

	private final Map<Fault, LongAdder> injected = new EnumMap<>(Fault.class);

	private final ReentrantLock lock = new ReentrantLock();

	private volatile Random random;

	private volatile double probability;

	FaultyDatabase(DataSource target) {
		super(target);
		for (Fault fault : Fault.values()) {
			injected.put(fault, new LongAdder());
		}
	}

	/**
	 * Begins to fail.
	 * @param share how often
	 * @param seed decides when
	 */
	void fail(double share, long seed) {
		random = new Random(seed);
		probability = share;
	}

	void stopFailing() {
		probability = 0;
	}

	Map<Fault, LongAdder> injected() {
		return injected;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return proxy(Connection.class, super.getConnection());
	}

	private <T> T proxy(Class<T> type, Object target) {
		InvocationHandler handler = (self, method, args) -> {
			Fault fault = isWork(method) ? choose() : null;
			if (fault != null && fault != Fault.CUT_AFTER) {
				throw failure(fault);
			}
			Object result = invoke(target, method, args);
			if (fault != null) {
				throw failure(fault);
			}
			return (result instanceof PreparedStatement) ? proxy(PreparedStatement.class, result) : result;
		};
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private static boolean isWork(Method method) {
		return method.getName().equals("commit") || method.getName().startsWith("execute");
	}

	private Fault choose() {
		if (probability == 0) {
			return null;
		}
		lock.lock();
		try {
			return (random.nextDouble() < probability) ? Fault.values()[random.nextInt(Fault.values().length)] : null;
		}
		finally {
			lock.unlock();
		}
	}

	private SQLException failure(Fault fault) {
		injected.get(fault).increment();
		return new SQLException("Made to fail: " + fault, fault.state);
	}

	private static Object invoke(Object target, Method method, Object[] args) throws Throwable {
		try {
			return method.invoke(target, args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
