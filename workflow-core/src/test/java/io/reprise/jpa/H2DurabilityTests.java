package io.reprise.jpa;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.StoreException;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.reprise.spi.WriteOutcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Whether H2 keeps what was acknowledged. */
class H2DurabilityTests {

	@TempDir
	Path directory;

	private String url() {
		return "jdbc:h2:file:" + directory.resolve("durable");
	}

	@Test
	void shouldKeepEveryAcknowledgedCommitWhenItsProcessIsKilled() throws Exception {
		List<String> acknowledged = new ArrayList<>();
		Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), CommittingProcess.class.getName(), url())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
			while (acknowledged.size() < 300) {
				String line = output.readLine();
				assertThat(line).as("output of the child").isNotNull();
				if (line.startsWith("committed ")) {
					acknowledged.add(line.substring("committed ".length()));
				}
			}
			// Unlike the process itself, its handle leaves the streams open
			child.toHandle().destroyForcibly();
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (line.matches("committed [0-9a-f-]{36}")) {
					acknowledged.add(line.substring("committed ".length()));
				}
			}
		}
		finally {
			child.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
		}

		try (HikariDataSource pool = TestPostgres.pool(url());
				JpaPersistence persistence = new JpaPersistence(pool, JpaSettings.defaults())) {
			HistoryStore store = persistence.historyStore();
			store.open();
			assertThat(store.load(acknowledged)).hasSameSizeAs(acknowledged);
			assertThat(acknowledged).allSatisfy(runId -> assertThat(store.history(runId, 1)).hasSize(1));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ";WRITE_DELAY=200" })
	void shouldForceTheFileToTheDiskBeforeItAnswers(String settings) {
		ForceCountingPath scheme = new ForceCountingPath();
		FilePath.register(scheme);
		try (HikariDataSource pool = TestPostgres
			.pool("jdbc:h2:" + ForceCountingPath.SCHEME + ":" + directory.resolve("forced") + settings);
				JpaPersistence persistence = new JpaPersistence(pool, JpaSettings.defaults())) {
			HistoryStore store = persistence.historyStore();
			store.open();
			for (int i = 0; i < 50; i++) {
				Writes run = Writes.of("forced-" + i);
				long before = ForceCountingPath.forces();
				store.commit(List.of(run.next(new byte[4_000], i % 2 == 0)));
				assertThat(ForceCountingPath.unforcedBytes()).isZero();
				assertThat(ForceCountingPath.forces()).isGreaterThan(before);
				store.offer(new InboxEntry(run.key(), "1", new byte[1]));
				assertThat(ForceCountingPath.unforcedBytes()).isZero();
			}
		}
		finally {
			FilePath.unregister(scheme);
		}
	}

	@Test
	void shouldOutliveInterruptedCallers() throws InterruptedException {
		try (HikariDataSource pool = TestPostgres.pool(url());
				JpaPersistence persistence = new JpaPersistence(pool, JpaSettings.defaults())) {
			HistoryStore store = persistence.historyStore();
			store.open();
			assertThat(store.commitsInAnyThread()).isFalse();
			List<Thread> threads = new ArrayList<>();
			List<Boolean> flags = java.util.Collections.synchronizedList(new ArrayList<>());
			for (int i = 0; i < 20; i++) {
				Writes run = Writes.of("interrupted-" + i);
				threads.add(Thread.ofVirtual().start(() -> {
					Thread.currentThread().interrupt();
					store.commit(List.of(run.next()));
					store.load(List.of(run.runId()));
					flags.add(Thread.interrupted());
				}));
			}
			for (Thread thread : threads) {
				thread.join();
			}

			assertThat(flags).hasSize(20).containsOnly(true);
			assertThat(store.commit(List.of(Writes.of("afterwards").next()))).containsExactly(WRITTEN);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:h2:mem:forgetful", "jdbc:h2:mem:", "jdbc:h2:nioMemFS:forgetful" })
	void shouldRefuseADatabaseInMemory(String url) {
		try (HikariDataSource pool = TestPostgres.pool(url, config -> config.setMinimumIdle(1));
				JpaPersistence persistence = new JpaPersistence(pool, JpaSettings.defaults())) {
			assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> persistence.historyStore().open())
				.withMessageContaining("jdbc:h2:file:./data/workflow")
				.withMessageContaining("workflow.embedded.allow-in-memory=true")
				.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.STORE_NOT_DURABLE));
		}
	}

	@Test
	void shouldUseADatabaseInMemoryIfAllowed() {
		try (HikariDataSource pool = TestPostgres.pool("jdbc:h2:mem:allowed;DB_CLOSE_DELAY=-1");
				JpaPersistence persistence = new JpaPersistence(pool, JpaSettings.defaults().withAllowInMemory(true))) {
			persistence.historyStore().open();

			assertThat(persistence.historyStore().commit(List.of(Writes.of("memory").next()))).containsExactly(WRITTEN);
		}
	}

	@Test
	void shouldWorkWithoutTheRightsToSync() throws SQLException {
		try (Connection admin = DriverManager.getConnection(url(), "sa", "");
				Statement statement = admin.createStatement()) {
			statement.execute("CREATE USER app PASSWORD 'x'");
			statement.execute("GRANT ALTER ANY SCHEMA TO app");
			statement.execute("GRANT ALL ON SCHEMA public TO app");
		}
		try (HikariDataSource pool = TestPostgres.pool(url(), config -> {
			config.setUsername("app");
			config.setPassword("x");
		}); JpaPersistence persistence = new JpaPersistence(pool, JpaSettings.defaults())) {
			persistence.historyStore().open();

			assertThat(persistence.historyStore().commit(List.of(Writes.of("poor").next()))).containsExactly(WRITTEN);
		}
	}

	@Test
	void shouldSayThatAnotherProcessHasTheFile() throws IOException, InterruptedException {
		Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), CommittingProcess.class.getName(), url())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
			assertThat(output.readLine()).isNotNull();
			try (HikariDataSource pool = TestPostgres.pool(url(), config -> {
				config.setInitializationFailTimeout(-1);
				config.setConnectionTimeout(500);
			}); JpaPersistence persistence = new JpaPersistence(pool, JpaSettings.defaults())) {
				assertThatExceptionOfType(StoreException.class).isThrownBy(() -> persistence.historyStore().open())
					.withMessageContaining("may be already in use");
			}
		}
		finally {
			child.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
		}
		assertThatCode(() -> DriverManager.getConnection(url()).close()).doesNotThrowAnyException();
	}

}
