package io.reprise.it.transactions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.WorkflowAlreadyStartedException;
import io.reprise.WorkflowHandle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Transactions that want the same, or take long. */
abstract class RivalSuite extends TransactionSuite {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private CountDownLatch end;

	RivalSuite(RunningApplication application) {
		super(application);
	}

	@BeforeEach
	void begin() {
		end = new CountDownLatch(1);
	}

	@AfterEach
	void endAll() {
		end.countDown();
	}

	/** A transaction that has started a workflow and stays open until the end. */
	private Future<?> openTransaction(String id, boolean commits) throws InterruptedException {
		CountDownLatch started = new CountDownLatch(1);
		Future<?> transaction = threads.submit(() -> jdbc().executeWithoutResult((status) -> {
			startBasket(id);
			started.countDown();
			awaitEnd();
			if (!commits) {
				status.setRollbackOnly();
			}
		}));
		assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
		return transaction;
	}

	private void awaitEnd() {
		try {
			assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void shouldHoldUpNobodyElse(boolean commits) throws Exception {
		String id = newId();
		Future<?> transaction = openTransaction(id, commits);
		Future<WorkflowHandle<Basket, List<String>>> rival = threads.submit(() -> startBasket(id));

		// So many that all lanes have to go on, several times the wait for a lock
		Instant until = Instant.now().plus(Duration.ofMillis(2_500));
		int done = 0;
		while (Instant.now().isBefore(until) || done < 50) {
			String other = newId();
			assertThat(startPacking(other).result(Duration.ofSeconds(5))).isEqualTo("packed " + other);
			done++;
		}
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> rival.get(1, TimeUnit.MILLISECONDS));
		assertThat(transaction.isDone()).isFalse();
		end.countDown();

		transaction.get(30, TimeUnit.SECONDS);
		if (commits) {
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> rival.get(30, TimeUnit.SECONDS))
				.withCauseInstanceOf(WorkflowAlreadyStartedException.class);
		}
		else {
			assertThat(rival.get(30, TimeUnit.SECONDS).query(Basket::size)).isZero();
		}
		assertThat(client().handle(Basket.class, id).query(Basket::size)).isZero();
		assertThat(runsOf(id)).isEqualTo(1);
		client().handle(id).terminate("done");
	}

	@Test
	void shouldLetTheSecondOfTwoTransactionsGoOnAfterTheFirst() throws Exception {
		String id = newId();
		Future<?> first = openTransaction(id, true);
		Future<?> second = threads.submit(() -> jdbc().executeWithoutResult((status) -> {
			insertOrder(id);
			assertThatExceptionOfType(WorkflowAlreadyStartedException.class).isThrownBy(() -> startBasket(id));
		}));
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> second.get(500, TimeUnit.MILLISECONDS));
		end.countDown();

		first.get(30, TimeUnit.SECONDS);
		second.get(30, TimeUnit.SECONDS);
		assertThat(hasOrder(id)).isTrue();
		client().handle(id).terminate("done");
	}

	@Test
	void shouldStartOnceOfManyAtTheSameTime() {
		String id = newId();
		int rivals = 8;
		List<CompletableFuture<Boolean>> attempts = IntStream.range(0, rivals)
			.mapToObj((i) -> CompletableFuture
				.supplyAsync(() -> (i % 2 == 0) ? jdbc().execute((status) -> isFirst(id)) : isFirst(id), threads))
			.toList();

		assertThat(attempts.stream().filter(CompletableFuture::join)).hasSize(1);
		client().handle(id).terminate("done");
		assertThat(runsOf(id)).isEqualTo(1);
	}

	private Boolean isFirst(String id) {
		try {
			startBasket(id);
			return true;
		}
		catch (WorkflowAlreadyStartedException ex) {
			return false;
		}
	}

	@Test
	void shouldNeedNoSecondConnection() throws Exception {
		int connections = ((HikariDataSource) dataSource()).getMaximumPoolSize();
		CyclicBarrier all = new CyclicBarrier(connections);
		WorkflowHandle<Basket, List<String>> basket = startBasket(newId());
		assertThat(basket.query(Basket::size)).isZero();

		List<Future<String>> started = IntStream.range(0, connections).mapToObj((i) -> threads.submit(() -> {
			String id = newId();
			jdbc().executeWithoutResult((status) -> {
				await(all);
				startPacking(id);
				basket.signal((w) -> w.add(id));
				client().handle(basket.workflowId()).signal("add", id);
			});
			return id;
		})).toList();

		for (Future<String> each : started) {
			String id = each.get(10, TimeUnit.SECONDS);
			assertThat(client().handle(id).result(String.class, PATIENCE)).isEqualTo("packed " + id);
		}
		assertThat(basket.query(Basket::size)).isEqualTo(2 * connections);
		basket.terminate("done");
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
