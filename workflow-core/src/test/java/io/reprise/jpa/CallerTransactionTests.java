package io.reprise.jpa;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.CallerTransaction;
import io.reprise.spi.CallerTransaction.Standing;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.NodeRegistry.GoneNode;
import io.reprise.spi.RunWrite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static io.reprise.spi.WriteOutcome.ID_HELD;
import static io.reprise.spi.WriteOutcome.MESSAGE_LEFT;
import static io.reprise.spi.WriteOutcome.NEWER_RUN_EXISTS;
import static io.reprise.spi.WriteOutcome.OPEN_RUN_EXISTS;
import static io.reprise.spi.WriteOutcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Runs and commands that are written in transactions of the application. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class CallerTransactionTests {

	@TempDir
	Path directory;

	private HikariDataSource pool;

	private JpaPersistence persistence;

	private JpaPersistence another;

	private CallerTransaction transaction;

	private TransactionTemplate host;

	private void open(Product product) {
		pool = TestPostgres.pool(switch (product) {
			case POSTGRESQL -> TestPostgres.newDatabase();
			case H2 -> "jdbc:h2:file:" + directory.resolve("caller");
		});
		persistence = newPersistence();
		another = newPersistence();
		transaction = persistence.callerTransaction();
		host = new TransactionTemplate(new DataSourceTransactionManager(pool));
	}

	private JpaPersistence newPersistence() {
		JpaPersistence opened = new JpaPersistence(pool, JpaSettings.defaults());
		opened.historyStore().open();
		return opened;
	}

	@AfterEach
	void close() {
		another.close();
		persistence.close();
		pool.close();
	}

	@ParameterizedTest
	@EnumSource
	void shouldMakeOthersNeitherWaitNorGuess(Product product) {
		open(product);
		RunWrite held = Writes.of("held").next(new byte[1], false);

		host.executeWithoutResult(status -> {
			assertThat(transaction.create(held)).isEqualTo(WRITTEN);
			for (JpaPersistence each : List.of(persistence, another)) {
				long begin = System.nanoTime();
				assertThat(each.historyStore().commit(List.of(Writes.of("held").next()))).containsExactly(ID_HELD);
				assertThat(each.historyStore()
					.commit(List.of(Writes.of("before " + each).next(), Writes.of("held").next(),
							Writes.of("after " + each).next())))
					.containsExactly(WRITTEN, ID_HELD, WRITTEN);
				assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(900));
			}
			status.setRollbackOnly();
		});

		assertThat(persistence.historyStore().find(held.record().key().runId())).isEmpty();
		assertThat(another.historyStore().commit(List.of(Writes.of("held").next()))).containsExactly(WRITTEN);
	}

	@ParameterizedTest
	@EnumSource
	void shouldCreateWithTheCommit(Product product) {
		open(product);
		Writes run = Writes.of("created");
		RunWrite write = run.owner(NodeRegistry.UNCLAIMED).next(new byte[] { 1, 2, 3 }, false);
		RunWrite rival = Writes.of("created").next();

		host.executeWithoutResult(status -> {
			assertThat(transaction.create(write)).isEqualTo(WRITTEN);
			assertThat(transaction.create(rival)).isEqualTo(OPEN_RUN_EXISTS);
			assertThat(transaction.find(run.runId())).hasValueSatisfying(found -> {
				assertThat(found.key()).isEqualTo(run.key());
				assertThat(found.workflowType()).isEqualTo("Order");
			});
			assertThat(transaction.findLatest("default", "created")).isPresent();
			assertThat(transaction.findLatest("default", "uncreated")).isEmpty();
			assertThat(persistence.historyStore().find(run.runId())).isEmpty();
		});

		assertThat(persistence.historyStore().load(List.of(run.runId()))).singleElement()
			.satisfies(stored -> assertThat(stored.tail()).singleElement()
				.satisfies(row -> assertThat(row.body()).containsExactly(1, 2, 3)));
		assertThat(another.historyStore().commit(List.of(rival))).containsExactly(OPEN_RUN_EXISTS);
	}

	@ParameterizedTest
	@EnumSource
	void shouldCreateNothingIfThereIsALaterRunThanWasKnown(Product product) {
		open(product);
		Writes ended = Writes.of("again");
		another.historyStore().commit(List.of(ended.next()));
		another.historyStore().commit(List.of(ended.close(WorkflowStatus.COMPLETED, Writes.START).next()));
		RunWrite creation = Writes.of("again").owner(NodeRegistry.UNCLAIMED).next();

		host.executeWithoutResult(status -> {
			Instant latest = transaction.findLatest("default", "again").orElseThrow().startTime();
			assertThat(latest).isEqualTo(Writes.START);
			assertThat(transaction.create(creation.after(RunWrite.NO_RUN))).isEqualTo(NEWER_RUN_EXISTS);
			assertThat(transaction.create(creation.after(latest))).isEqualTo(WRITTEN);
		});

		assertThat(persistence.historyStore().find(creation.record().key().runId())).isPresent();
	}

	@ParameterizedTest
	@EnumSource
	void shouldOfferToAnyNodeWhatNobodyOwns(Product product) {
		open(product);
		Writes run = Writes.of("unclaimed");
		RunWrite write = run.owner(NodeRegistry.UNCLAIMED).next();
		NodeRegistry nodes = persistence.nodeRegistry();
		nodes.join("node", NodeBehaviour.LEASE);
		host.executeWithoutResult(status -> {
			transaction.create(write);
			transaction.offer(new InboxEntry(run.key(), "signal", new byte[1]), true);
			assertThat(nodes.findGone("node")).isEmpty();
		});

		assertThat(nodes.findGone("node")).containsExactly(new GoneNode(NodeRegistry.UNCLAIMED, true));
		assertThat(persistence.historyStore().inbox("node", 10)).isEmpty();
		assertThat(nodes.adopt(NodeRegistry.UNCLAIMED, "node", Set.of("Other"), 10)).isEmpty();
		assertThat(nodes.adopt(NodeRegistry.UNCLAIMED, "node", Set.of("Order"), 10)).containsExactly(run.key());
		assertThat(nodes.findGone("node")).isEmpty();
		assertThat(persistence.historyStore().inbox("node", 10)).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void shouldTellOfTheEndOnce(Product product) {
		open(product);
		List<Object> told = new ArrayList<>();
		CallerTransaction.Listener listener = messaged -> told.add(List.copyOf(messaged));
		Writes run = Writes.of("told");
		persistence.historyStore().commit(List.of(run.next()));
		ExecutionKey key = run.key();

		host.executeWithoutResult(status -> {
			transaction.offer(new InboxEntry(key, "1", new byte[1]), true);
			transaction.whenEnded(listener);
			status.setRollbackOnly();
		});
		assertThat(told).isEmpty();
		host.executeWithoutResult(status -> {
			transaction.offer(new InboxEntry(key, "1", new byte[1]), true);
			transaction.offer(new InboxEntry(key, "1", new byte[1]), true);
			transaction.whenEnded(listener);
			transaction.whenEnded(listener);
			assertThat(told).isEmpty();
		});

		assertThat(told).containsExactly(List.of(key.runId()));
		assertThat(persistence.historyStore().inbox("node", 10)).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void shouldLetARunGoOnWhileAMessageToItIsNotCommitted(Product product) {
		open(product);
		Writes run = Writes.of("going");
		HistoryStore store = persistence.historyStore();
		store.commit(List.of(run.next()));
		RunWrite goesOn = run.next();
		RunWrite closes = unaware(run.close(WorkflowStatus.COMPLETED, Writes.START).next());

		host.executeWithoutResult(status -> {
			transaction.offer(new InboxEntry(run.key(), "1", new byte[1]), true);
			long begin = System.nanoTime();
			assertThat(store.commit(List.of(goesOn))).containsExactly(WRITTEN);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(900));
		});

		assertThat(store.commit(List.of(closes))).containsExactly(MESSAGE_LEFT);
		assertThat(store.inboxOf(run.runId())).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void shouldNotCommitASignalToARunThatHasEnded(Product product) {
		open(product);
		Writes signalled = Writes.of("signalled");
		Writes cancelled = Writes.of("cancelled");
		Writes started = Writes.of("started");
		HistoryStore store = persistence.historyStore();
		store.commit(List.of(signalled.next(), cancelled.next()));
		RunWrite start = started.owner(NodeRegistry.UNCLAIMED).next();

		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> host.executeWithoutResult(status -> {
			transaction.create(start);
			transaction.offer(new InboxEntry(signalled.key(), "1", new byte[1]), true);
			assertThat(store.commit(List.of(unaware(signalled.close(WorkflowStatus.COMPLETED, Writes.START).next()))))
				.containsExactly(WRITTEN);
		})).withMessageContaining(signalled.runId()).satisfies(failure -> {
			assertThat(failure.code()).isEqualTo(ErrorCode.WORKFLOW_CLOSED);
		});
		assertThat(store.find(started.runId())).isEmpty();
		assertThat(store.inboxOf(signalled.runId())).isEmpty();

		host.executeWithoutResult(status -> {
			transaction.offer(new InboxEntry(cancelled.key(), "1", new byte[1]), false);
			store.commit(List.of(cancelled.close(WorkflowStatus.COMPLETED, Writes.START).next()));
		});
		assertThat(store.inboxOf(cancelled.runId())).hasSize(1);
	}

	private static RunWrite unaware(RunWrite write) {
		return new RunWrite(write.record(), write.expectedVersion(), write.appended(), write.snapshot(), 0);
	}

	@ParameterizedTest
	@EnumSource
	void shouldKnowWhatTheTransactionHasCreated(Product product) {
		open(product);
		Writes run = Writes.of("known");
		ExecutionKey latest = new ExecutionKey("default", "known", "");
		assertThat(transaction.standing()).isEqualTo(Standing.NONE);
		assertThat(transaction.created(latest)).isNull();

		host.executeWithoutResult(status -> {
			assertThat(transaction.standing()).isEqualTo(Standing.JOINABLE);
			assertThat(transaction.created(latest)).isNull();
			transaction.create(run.next());
			assertThat(transaction.created(latest)).isEqualTo(run.key());
			assertThat(transaction.created(run.key())).isEqualTo(run.key());
			assertThat(transaction.created(new ExecutionKey("other", "known", ""))).isNull();
			assertThat(another.callerTransaction().created(latest)).isNull();
		});

		assertThat(transaction.created(latest)).isNull();
	}

}
