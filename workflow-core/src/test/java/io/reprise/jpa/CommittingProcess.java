package io.reprise.jpa;

import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.spi.HistoryStore;

import static io.reprise.spi.WriteOutcome.WRITTEN;

/** Commits runs and names each as soon as it is acknowledged, until it is killed. */
final class CommittingProcess {

	private CommittingProcess() {
	}

	public static void main(String[] args) {
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setJdbcUrl(args[0]);
			try (JpaPersistence persistence = new JpaPersistence(pool, JpaSettings.defaults())) {
				HistoryStore store = persistence.historyStore();
				store.open();
				for (int i = 0; i < 1_000_000; i++) {
					Writes run = Writes.of("child-" + i);
					if (store.commit(List.of(run.next(new byte[500], i % 3 == 0))).getFirst() == WRITTEN) {
						System.out.println("committed " + run.runId());
					}
				}
			}
		}
	}

}
