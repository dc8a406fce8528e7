package io.reprise.jpa;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

import io.reprise.WorkflowException;
import io.reprise.jpa.StoreErrors.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reaches a database, brings its tables up to date, checks it. */
final class StoreOpener {

	private static final Logger logger = LoggerFactory.getLogger(StoreOpener.class);

	private static final String WHAT = "open the store of workflows";

	private final PrivateDataSource dataSource;

	private final JpaSettings settings;

	StoreOpener(PrivateDataSource dataSource, JpaSettings settings) {
		this.dataSource = dataSource;
		this.settings = settings;
	}

	/**
	 * Opens it.
	 * @throws io.reprise.spi.StoreException if it cannot be reached
	 * @throws WorkflowException if it cannot be used as it is
	 */
	OpenStore open() {
		try {
			return openUntranslated();
		}
		catch (SQLException | RuntimeException ex) {
			throw StoreErrors.translate(WHAT, Stage.BEFORE_COMMIT, ex);
		}
	}

	private OpenStore openUntranslated() throws SQLException {
		OwnThreads threads = leadsToH2() ? new OwnThreads() : null;
		try {
			return (threads != null) ? threads.call(() -> openInThisThread(threads)) : openInThisThread(null);
		}
		catch (RuntimeException ex) {
			if (threads != null) {
				threads.close();
			}
			throw ex;
		}
	}

	private boolean leadsToH2() throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			return Product.of(connection.getMetaData()) == Product.H2;
		}
	}

	private OpenStore openInThisThread(@Nullable OwnThreads threads) {
		try {
			Site site = explore(threads);
			if (settings.migrate()) {
				SchemaMigration.migrate(dataSource, site.product(), settings.schema());
			}
			WriteDialect dialect;
			try (Connection connection = dataSource.getConnection()) {
				dialect = site.product().dialect(settings.schema(), connection.getMetaData().getURL());
				SchemaMigration.check(connection, dialect.table("schema"));
			}
			return new OpenStore(dataSource, site, dialect, new PersistenceUnit(dataSource, settings.schema()));
		}
		catch (SQLException ex) {
			throw StoreErrors.translate(WHAT, Stage.BEFORE_COMMIT, ex);
		}
	}

	private Site explore(@Nullable OwnThreads threads) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			DatabaseMetaData metaData = connection.getMetaData();
			Product product = Product.of(metaData);
			boolean readCommitted = connection.getTransactionIsolation() == Connection.TRANSACTION_READ_COMMITTED;
			logger.info("Workflows are stored in {} {}", metaData.getDatabaseProductName(),
					metaData.getDatabaseProductVersion());
			return switch (product) {
				case POSTGRESQL -> new Site(product, readCommitted, false, null, null);
				case H2 -> {
					String hostUrl = HostPool.url(dataSource);
					boolean ownProcess = isOwnProcess(metaData.getURL(), hostUrl);
					H2Disk disk = prepareDisk(connection);
					if (ownProcess && disk.isFile()) {
						adviseOnExit(hostUrl);
					}
					yield new Site(product, readCommitted, ownProcess, disk, threads);
				}
			};
		}
	}

	private H2Disk prepareDisk(Connection connection) throws SQLException {
		boolean autoCommit = connection.getAutoCommit();
		connection.setAutoCommit(true);
		try {
			return H2Disk.prepare(connection, settings.allowInMemory());
		}
		finally {
			connection.setAutoCommit(autoCommit);
		}
	}

	/** H2 locks its file for one process, unless it serves others or is a server. */
	private static boolean isOwnProcess(String url, @Nullable String hostUrl) {
		String all = uniform(url + ";" + hostUrl);
		return !all.contains("jdbc:h2:tcp:") && !all.contains("jdbc:h2:ssl:") && !all.contains(";auto_server=true");
	}

	/**
	 * H2 closes its files in a shutdown hook, which runs beside Spring's. That is
	 * harmless for what was acknowledged, but whatever still runs fails, and the next
	 * start has to find out what this one would have handed over.
	 */
	private static void adviseOnExit(@Nullable String hostUrl) {
		if (hostUrl != null && !uniform(hostUrl).contains(";db_close_on_exit=false")) {
			logger
				.warn("Expected H2 to stay open until the application has ended, but it closes its file as soon as the "
						+ "process is told to stop, and workflows cannot hand over. "
						+ "Add ;DB_CLOSE_ON_EXIT=FALSE to the URL of the DataSource");
		}
	}

	private static String uniform(String url) {
		return url.replace(" ", "").toLowerCase(Locale.ROOT);
	}

}
