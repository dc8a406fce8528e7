package io.reprise.jpa;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * The host's {@code DataSource} under another identity. Spring binds a transaction's
 * connection to its {@code DataSource}; as nobody else has this one, a transaction of the
 * host on the calling thread is never joined, and ours is never seen by the host.
 */
final class PrivateDataSource extends DelegatingDataSource {

	PrivateDataSource(DataSource target) {
		super(withoutTransactions(target));
	}

	private static DataSource withoutTransactions(DataSource target) {
		DataSource dataSource = target;
		while (dataSource instanceof TransactionAwareDataSourceProxy proxy) {
			DataSource inner = proxy.getTargetDataSource();
			if (inner == null) {
				break;
			}
			dataSource = inner;
		}
		return dataSource;
	}

}
