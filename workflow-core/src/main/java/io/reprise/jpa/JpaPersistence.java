package io.reprise.jpa;

import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

import javax.sql.DataSource;

import io.reprise.spi.CallerTransaction;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps workflows in PostgreSQL or H2.
 * <p>
 * Nothing is touched at construction: the database may be down until
 * {@link HistoryStore#open()}, which reaches it, creates or updates the tables and checks
 * them. All work runs in transactions of its own on connections of its own; a transaction
 * of the calling thread is neither joined nor seen, except by {@link #callerTransaction}.
 * So a thread that holds a connection of the pool while it calls needs a second one, and
 * the migration needs two: give the pool at least three.
 */
public final class JpaPersistence implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(JpaPersistence.class);

	private final PrivateDataSource dataSource;

	private final StoreOpener opener;

	private final JpaHistoryStore historyStore;

	private final JpaNodeRegistry nodeRegistry;

	private final HostTransaction callerTransaction;

	private final ReentrantLock opening = new ReentrantLock();

	private volatile @Nullable OpenStore store;

	private volatile boolean closed;

	/**
	 * Prepares storage in a database.
	 * @param dataSource leads to PostgreSQL or H2; stays the caller's and is not closed
	 * @param settings how to use it
	 */
	public JpaPersistence(DataSource dataSource, JpaSettings settings) {
		this.dataSource = new PrivateDataSource(dataSource);
		this.opener = new StoreOpener(this.dataSource, settings);
		this.historyStore = new JpaHistoryStore(this);
		this.nodeRegistry = new JpaNodeRegistry(this, settings.advisoryLocks());
		this.callerTransaction = new HostTransaction(this, dataSource);
	}

	/**
	 * Runs and histories.
	 * @return the store, always the same
	 */
	public HistoryStore historyStore() {
		return historyStore;
	}

	/**
	 * The nodes on this database. Can be used once the store is open.
	 * @return the registry, always the same
	 */
	public NodeRegistry nodeRegistry() {
		return nodeRegistry;
	}

	/**
	 * Transactions of the application on the same database.
	 * @return what takes part in them, always the same
	 */
	public CallerTransaction callerTransaction() {
		return callerTransaction;
	}

	/**
	 * How many connections the pool behind the {@code DataSource} has at most.
	 * @return the number, or nothing if it is no pool that can be looked into
	 */
	public OptionalInt poolSize() {
		try {
			return HostPool.size(dataSource);
		}
		catch (SQLException ex) {
			logger.debug("The size of the pool cannot be told", ex);
			return OptionalInt.empty();
		}
	}

	PrivateDataSource dataSource() {
		return dataSource;
	}

	void open() {
		opening.lock();
		try {
			if (closed) {
				throw new StoreException(StoreException.Outcome.REFUSED, "Expected an open store, but it was closed",
						null);
			}
			if (store == null) {
				store = opener.open();
			}
		}
		finally {
			opening.unlock();
		}
	}

	boolean isOpen() {
		return store != null;
	}

	OpenStore store() {
		OpenStore open = store;
		if (open == null) {
			throw new StoreException(StoreException.Outcome.NOTHING_WRITTEN,
					"Expected an open store, but it " + (closed ? "was closed" : "is not open yet: call open() first"),
					null);
		}
		return open;
	}

	/**
	 * Lets go of everything but the {@code DataSource}. Nodes that have not left count as
	 * dead from here on. Work under way may fail.
	 */
	@Override
	public void close() {
		opening.lock();
		try {
			closed = true;
			nodeRegistry.close();
			OpenStore open = store;
			store = null;
			if (open != null) {
				open.close();
			}
		}
		finally {
			opening.unlock();
		}
	}

}
