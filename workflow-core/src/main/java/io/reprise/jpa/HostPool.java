package io.reprise.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import com.zaxxer.hikari.util.DriverDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/** Looks behind the host's pool, if it is one that can be looked behind. */
final class HostPool {

	private static final boolean HIKARI = ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource",
			HostPool.class.getClassLoader());

	private HostPool() {
	}

	/**
	 * The URL as configured and behind it the properties for the driver, as if all stood
	 * in the URL; or {@code null}. Drivers show less.
	 */
	static @Nullable String url(DataSource dataSource) throws SQLException {
		return HIKARI ? Hikari.url(dataSource) : null;
	}

	/** How many connections there can be at most, if that can be told. */
	static OptionalInt size(DataSource dataSource) throws SQLException {
		return HIKARI ? Hikari.size(dataSource) : OptionalInt.empty();
	}

	/**
	 * A connection to be kept for long: outside of the pool, whose size, leak detection
	 * and life times are meant for short use; from the pool if there is no other way.
	 */
	static Connection connect(DataSource dataSource) throws SQLException {
		Connection outside = HIKARI ? Hikari.connect(dataSource) : null;
		return (outside != null) ? outside : dataSource.getConnection();
	}

	/** Loaded only if Hikari is there. */
	private static final class Hikari {

		/** What Hikari takes when it connects first, if nothing was configured. */
		private static final int DEFAULT_SIZE = 10;

		private Hikari() {
		}

		private static @Nullable HikariDataSource find(DataSource dataSource) throws SQLException {
			return dataSource.isWrapperFor(HikariDataSource.class) ? dataSource.unwrap(HikariDataSource.class) : null;
		}

		static @Nullable String url(DataSource dataSource) throws SQLException {
			HikariDataSource pool = find(dataSource);
			if (pool == null || pool.getJdbcUrl() == null) {
				return null;
			}
			StringBuilder url = new StringBuilder(pool.getJdbcUrl());
			pool.getDataSourceProperties()
				.forEach((name, value) -> url.append(';').append(name).append('=').append(value));
			return url.toString();
		}

		static OptionalInt size(DataSource dataSource) throws SQLException {
			HikariDataSource pool = find(dataSource);
			if (pool == null) {
				return OptionalInt.empty();
			}
			int size = pool.getMaximumPoolSize();
			return OptionalInt.of((size > 0) ? size : DEFAULT_SIZE);
		}

		static @Nullable Connection connect(DataSource dataSource) throws SQLException {
			HikariDataSource pool = find(dataSource);
			if (pool == null) {
				return null;
			}
			Credentials credentials = pool.getCredentials();
			DataSource inner = pool.getDataSource();
			if (inner != null) {
				return (credentials.getUsername() != null)
						? inner.getConnection(credentials.getUsername(), credentials.getPassword())
						: inner.getConnection();
			}
			if (pool.getJdbcUrl() == null) {
				return null;
			}
			Properties properties = new Properties();
			properties.putAll(pool.getDataSourceProperties());
			return new DriverDataSource(pool.getJdbcUrl(), pool.getDriverClassName(), properties,
					credentials.getUsername(), credentials.getPassword())
				.getConnection();
		}

	}

}
