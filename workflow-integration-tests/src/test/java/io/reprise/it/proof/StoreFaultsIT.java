package io.reprise.it.proof;

import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

import javax.sql.DataSource;

import io.reprise.it.PostgresServer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Statements and commits fail: serialization failures, deadlocks, connections that break
 * before the work is done, and after it.
 */
class StoreFaultsIT {

	private static final double SHARE = 0.03;

	@Test
	void shouldLoseNothingOnPostgresql() throws Exception {
		shouldLoseNothing(PostgresServer.createDatabase(StoreFaultsIT.class));
	}

	@Test
	void shouldLoseNothingOnH2() throws Exception {
		Path file = Path.of("target", "h2", "store-faults-" + UUID.randomUUID()).toAbsolutePath();
		shouldLoseNothing("jdbc:h2:file:" + file + ";DB_CLOSE_ON_EXIT=FALSE");
	}

	private static void shouldLoseNothing(String url) throws Exception {
		int wanted = Proof.times("storefaults", 150);
		try (ConfigurableApplicationContext context = ProofApplication.start(url, Faulty.class);
				Proof proof = Proof.of("Failing statements", url)) {
			FaultyDatabase database = context.getBean(FaultyDatabase.class);
			proof.fleet().add(ProofApplication.node(context));
			database.fail(SHARE, proof.seed());
			proof.fleet().startClients(12, proof.seed());
			proof.await(() -> sum(database) >= wanted);
			database.stopFailing();

			proof.conclude(database.injected() + " faults", 100);
			assertThat(database.injected().values()).as("each kind")
				.allSatisfy((count) -> assertThat(count.sum()).isPositive());
		}
	}

	private static long sum(FaultyDatabase database) {
		return database.injected().values().stream().mapToLong(LongAdder::sum).sum();
	}

	/** Puts the faults between the application and its pool. */
	static class Faulty {

		@Bean
		static BeanPostProcessor faults() {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return (bean instanceof DataSource target) ? new FaultyDatabase(target) : bean;
				}

			};
		}

	}

}
