package io.reprise.it.transactions;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.reprise.ErrorCode;
import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.StartOptions;
import io.reprise.WorkflowAlreadyStartedException;
import io.reprise.WorkflowFailedException;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowNotFoundException;
import io.reprise.WorkflowRef;
import io.reprise.WorkflowStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What takes effect, and when. */
abstract class CommitSuite extends TransactionSuite {

	CommitSuite(RunningApplication application) {
		super(application);
	}

	Stream<TransactionTemplate> transactions() {
		return Stream.of(jpa(), jdbc());
	}

	@ParameterizedTest
	@MethodSource("transactions")
	void shouldStartNothingIfRolledBack(TransactionTemplate transaction) {
		String id = newId();

		rollBack(transaction, () -> {
			insertOrder(id);
			startPacking(id);
		});

		assertThat(hasOrder(id)).isFalse();
		assertThat(runsOf(id)).isZero();
		assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(() -> client().handle(id).describe());
		assertThat(startPacking(id).result(PATIENCE)).isEqualTo("packed " + id);
	}

	@ParameterizedTest
	@MethodSource("transactions")
	void shouldStartWithTheCommit(TransactionTemplate transaction) {
		String id = newId();

		WorkflowHandle<Packing, String> handle = transaction.execute((status) -> {
			insertOrder(id);
			WorkflowHandle<Packing, String> started = startPacking(id);
			assertThat(client().list("workflowId = '" + id + "'").workflows()).isEmpty();
			return started;
		});

		assertThat(handle.result(PATIENCE)).isEqualTo("packed " + id);
		assertThat(hasOrder(id)).isTrue();
		assertThat(runsOf(id)).isEqualTo(1);
	}

	@Test
	void shouldStartManyAndUntyped() {
		List<String> ids = Stream.generate(TransactionSuite::newId).limit(30).toList();

		List<WorkflowRef> started = jdbc().execute(
				(status) -> ids.stream().map((id) -> client().start("Packing", StartOptions.withId(id), id)).toList());

		assertThat(started).zipSatisfy(ids,
				(run, id) -> assertThat(run.result(String.class, PATIENCE)).isEqualTo("packed " + id));
	}

	@ParameterizedTest
	@MethodSource("transactions")
	void shouldSignalIfAndOnlyIfCommitted(TransactionTemplate transaction) {
		String id = newId();
		WorkflowHandle<Basket, List<String>> basket = startBasket(id);

		rollBack(transaction, () -> basket.signal((w) -> w.add("never")));
		commit(transaction, (status) -> {
			basket.signal((w) -> w.add("bread"));
			client().handle(Basket.class, id).signal((w) -> w.add("milk"));
			client().handle(id).signal("add", "salt");
			assertThat(basket.query(Basket::size)).isZero();
		});

		assertThat(basket.query(Basket::size)).isEqualTo(3);
		basket.signal(Basket::pay);
		assertThat(basket.result(PATIENCE)).containsExactly("bread", "milk", "salt");
	}

	@Test
	void shouldKeepTheOrderOfCommitsAndOtherSignals() {
		WorkflowHandle<Basket, List<String>> basket = startBasket(newId());

		for (int i = 0; i < 10; i++) {
			int number = i;
			commit(jdbc(), (status) -> basket.signal((w) -> w.add("in " + number)));
			basket.signal((w) -> w.add("out " + number));
		}
		commit(jdbc(), (status) -> basket.signal(Basket::pay));

		assertThat(basket.result(PATIENCE)).startsWith("in 0", "out 0", "in 1", "out 1").hasSize(20).endsWith("out 9");
	}

	@Test
	void shouldSignalWhatTheSameTransactionStarts() {
		String id = newId();

		commit(jpa(), (status) -> {
			WorkflowHandle<Basket, List<String>> basket = startBasket(id);
			basket.signal((w) -> w.add("bread"));
			client().handle(id).signal("add", "milk");
			client().handle(Basket.class, id).signal(Basket::pay);
		});

		assertThat(client().handle(Basket.class, id).result(PATIENCE)).isEqualTo(List.of("bread", "milk"));
	}

	@Test
	void shouldCancelAndTerminateIfAndOnlyIfCommitted() {
		WorkflowHandle<Basket, List<String>> canceled = startBasket(newId());
		WorkflowHandle<Basket, List<String>> terminated = startBasket(newId());
		rollBack(jdbc(), () -> {
			canceled.cancel();
			terminated.terminate("never");
		});
		assertThat(canceled.query(Basket::size)).isZero();
		assertThat(terminated.describe().status()).isEqualTo(WorkflowStatus.RUNNING);

		commit(jdbc(), (status) -> {
			canceled.cancel();
			terminated.terminate("out of stock");
		});

		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(() -> canceled.result(PATIENCE))
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(WorkflowStatus.CANCELED));
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(() -> terminated.result(PATIENCE))
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("out of stock"));
	}

	@Test
	void shouldStartOnceForARequestId() {
		String id = newId();
		StartOptions options = StartOptions.withId(id).requestId("request-" + id);

		List<String> first = jdbc()
			.execute((status) -> List.of(startPacking(options, id).runId(), startPacking(options, id).runId()));
		String second = jdbc().execute((status) -> startPacking(options, id).runId());
		String outside = startPacking(options, id).runId();

		assertThat(first).containsOnly(outside);
		assertThat(second).isEqualTo(outside);
		assertThat(runsOf(id)).isEqualTo(1);
	}

	@Test
	void shouldRefuseADuplicateAndLetTheTransactionGoOn() {
		String id = newId();
		WorkflowHandle<Basket, List<String>> running = startBasket(id);

		commit(jdbc(), (status) -> {
			assertThatExceptionOfType(WorkflowAlreadyStartedException.class).isThrownBy(() -> startBasket(id))
				.satisfies((ex) -> assertThat(ex.runId()).isEqualTo(running.runId()));
			insertOrder(id);
		});

		assertThat(hasOrder(id)).isTrue();
		running.terminate("done");
	}

	@Test
	void shouldRefuseASecondStartInTheSameTransaction() {
		String id = newId();

		commit(jpa(), (status) -> {
			WorkflowHandle<Packing, String> first = startPacking(id);
			assertThatExceptionOfType(WorkflowAlreadyStartedException.class).isThrownBy(() -> startPacking(id))
				.satisfies((ex) -> assertThat(ex.runId()).isEqualTo(first.runId()));
		});

		assertThat(client().handle(id).result(String.class, PATIENCE)).isEqualTo("packed " + id);
	}

	@Test
	void shouldFollowThePolicies() {
		String id = newId();
		WorkflowHandle<Basket, List<String>> running = startBasket(id);
		StartOptions options = StartOptions.withId(id);

		commit(jdbc(), (status) -> {
			WorkflowHandle<Packing, String> existing = startPacking(options.onRunning(IdConflictPolicy.USE_EXISTING),
					id);
			assertThat(existing.runId()).isEqualTo(running.runId());
			assertRefused(ErrorCode.TRANSACTION_UNUSABLE,
					() -> startPacking(options.onRunning(IdConflictPolicy.TERMINATE_EXISTING), id));
		});
		running.terminate("done");
		commit(jdbc(), (status) -> {
			assertRefused(ErrorCode.WORKFLOW_ALREADY_STARTED,
					() -> startPacking(options.onClosed(IdReusePolicy.REJECT_DUPLICATE), id));
			startPacking(options.onRunning(IdConflictPolicy.TERMINATE_EXISTING)
				.onClosed(IdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY), id);
		});

		assertThat(client().handle(id).result(String.class, PATIENCE)).isEqualTo("packed " + id);
		assertThat(runsOf(id)).isEqualTo(2);
	}

	@Test
	void shouldRefuseWhatCannotBeSent() {
		WorkflowHandle<Packing, String> closed = startPacking(newId());
		closed.result(Duration.ofSeconds(30));
		WorkflowHandle<Basket, List<String>> open = startBasket(newId());

		commit(jdbc(), (status) -> {
			assertRefused(ErrorCode.WORKFLOW_CLOSED, closed::cancel);
			assertRefused(ErrorCode.WORKFLOW_NOT_FOUND, () -> client().handle(newId()).cancel());
			assertRefused(ErrorCode.UNKNOWN_SIGNAL, () -> client().handle(open.workflowId()).signal("remove", "x"));
			assertRefused(ErrorCode.PAYLOAD_TOO_LARGE, () -> open.signal((w) -> w.add("x".repeat(3_000_000))));
			assertRefused(ErrorCode.PAYLOAD_TOO_LARGE,
					() -> startPacking(StartOptions.withId(newId()), "x".repeat(3_000_000)));
		});
		open.terminate("done");
	}

}
