package io.reprise.it.transactions;

import java.util.List;
import java.util.UUID;

import io.reprise.ErrorCode;
import io.reprise.StartOptions;
import io.reprise.WorkflowHandle;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which transactions can carry a command, and what else they mean. */
abstract class StandingSuite extends TransactionSuite {

	private final DriverManagerDataSource other = new DriverManagerDataSource(
			"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

	StandingSuite(RunningApplication application) {
		super(application);
	}

	private TransactionTemplate elsewhere() {
		return new TransactionTemplate(new JdbcTransactionManager(other));
	}

	private TransactionTemplate with(int propagation) {
		TransactionTemplate template = new TransactionTemplate(jpaTransactions());
		template.setPropagationBehavior(propagation);
		return template;
	}

	@Test
	void shouldRefuseToWaitForWhatIsNotCommitted() {
		String id = newId();

		rollBack(jpa(), () -> {
			WorkflowHandle<Basket, List<String>> basket = startBasket(id);
			assertRefused(ErrorCode.NOT_COMMITTED, basket::result);
			assertRefused(ErrorCode.NOT_COMMITTED, () -> basket.result(PATIENCE));
			assertRefused(ErrorCode.NOT_COMMITTED, () -> basket.query(Basket::size));
			assertRefused(ErrorCode.NOT_COMMITTED, basket::describe);
			assertRefused(ErrorCode.NOT_COMMITTED, basket::history);
			assertRefused(ErrorCode.NOT_COMMITTED, () -> client().handle(id).result(List.class));
			assertRefused(ErrorCode.NOT_COMMITTED,
					() -> client().execute(Packing.class, (w) -> w.run("x"), StartOptions.defaults()));
			assertRefused(ErrorCode.NOT_COMMITTED,
					() -> client().executeVoid(Packing.class, (w) -> w.run("x"), StartOptions.defaults()));
		});
		assertThat(runsOf(id)).isZero();
	}

	@Test
	void shouldReadAndWaitForWhatIsCommitted() {
		String id = newId();
		startPacking(id);

		String result = jpa().execute((status) -> client().handle(id).result(String.class, PATIENCE));

		assertThat(result).isEqualTo("packed " + id);
	}

	@Test
	void shouldLeaveTheTransactionAloneIfToldSo() {
		String id = newId();
		String started = newId();
		WorkflowHandle<Basket, List<String>> basket = startBasket(id);

		rollBack(jpa(), () -> {
			String result = client().execute(Packing.class, (w) -> w.run(started),
					StartOptions.withId(started).independent());
			assertThat(result).isEqualTo("packed " + started);
			basket.independent().signal((w) -> w.add("bread"));
			client().handle(id).independent().signal("pay");
			assertThat(basket.result(PATIENCE)).containsExactly("bread");
		});
		assertThat(runsOf(started)).isEqualTo(1);
	}

	@Test
	void shouldRefuseATransactionThatMayOnlyRead() {
		TransactionTemplate readOnly = jpa();
		readOnly.setReadOnly(true);
		String id = newId();
		startPacking(id).result(PATIENCE);
		WorkflowHandle<Basket, List<String>> basket = startBasket(newId());

		commit(readOnly, (status) -> {
			assertRefused(ErrorCode.TRANSACTION_UNUSABLE, () -> startPacking(newId()));
			assertRefused(ErrorCode.TRANSACTION_UNUSABLE, () -> basket.signal((w) -> w.add("bread")));
			assertThat(basket.query(Basket::size)).isZero();
			assertThat(client().handle(id).result(String.class)).isEqualTo("packed " + id);
			basket.independent().terminate("done");
		});
	}

	@Test
	void shouldRefuseATransactionOfAnotherDataSource() {
		WorkflowHandle<Basket, List<String>> basket = startBasket(newId());
		String id = newId();

		rollBack(elsewhere(), () -> {
			// Spring binds a connection to the workflows' database too, but no
			// transaction
			hasOrder(id);
			assertRefused(ErrorCode.TRANSACTION_UNUSABLE, () -> startPacking(id));
			assertRefused(ErrorCode.TRANSACTION_UNUSABLE,
					() -> client().execute(Packing.class, (w) -> w.run(id), StartOptions.withId(id)));
			assertRefused(ErrorCode.TRANSACTION_UNUSABLE, () -> basket.signal((w) -> w.add("bread")));
			assertRefused(ErrorCode.TRANSACTION_UNUSABLE, basket::cancel);
			basket.independent().signal(Basket::pay);
			assertThat(basket.result(PATIENCE)).isEmpty();
			startPacking(StartOptions.withId(id).independent(), id);
		});
		assertThat(client().handle(id).result(String.class, PATIENCE)).isEqualTo("packed " + id);
	}

	@Test
	void shouldTakeTheInnermostOfTwoTransactions() {
		String inner = newId();
		String never = newId();

		rollBack(elsewhere(), () -> {
			commit(jdbc(), (status) -> startPacking(inner));
			rollBack(jdbc(), () -> startPacking(never));
		});

		assertThat(client().handle(inner).result(String.class, PATIENCE)).isEqualTo("packed " + inner);
		assertThat(runsOf(never)).isZero();
	}

	@Test
	void shouldKeepATransactionInBetweenApart() {
		String outer = newId();
		String inner = newId();

		rollBack(jpa(), () -> {
			startPacking(outer);
			commit(with(TransactionDefinition.PROPAGATION_REQUIRES_NEW), (status) -> startPacking(inner));
			assertThat(client().handle(inner).result(String.class, PATIENCE)).isEqualTo("packed " + inner);
			assertRefused(ErrorCode.NOT_COMMITTED, () -> client().handle(outer).describe());
		});

		assertThat(runsOf(outer)).isZero();
	}

	@Test
	void shouldForgetWhatASavepointUndoes() {
		String kept = newId();
		String undone = newId();
		TransactionTemplate nested = new TransactionTemplate(jdbc().getTransactionManager());
		TransactionTemplate outer = new TransactionTemplate(nested.getTransactionManager());
		nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);

		commit(outer, (status) -> {
			startPacking(kept);
			rollBack(nested, () -> startPacking(undone));
		});

		assertThat(client().handle(kept).result(String.class, PATIENCE)).isEqualTo("packed " + kept);
		assertThat(runsOf(undone)).isZero();
		assertThat(startPacking(undone).result(PATIENCE)).isEqualTo("packed " + undone);
	}

	@Test
	void shouldStartAtOnceWithoutATransaction() {
		String id = newId();

		String result = with(TransactionDefinition.PROPAGATION_SUPPORTS)
			.execute((status) -> client().execute(Packing.class, (w) -> w.run(id), StartOptions.withId(id)));

		assertThat(result).isEqualTo("packed " + id);
	}

	@Test
	void shouldKnowTheDatabaseBehindProxies() {
		for (var proxy : List.of(new LazyConnectionDataSourceProxy(dataSource()),
				new TransactionAwareDataSourceProxy(dataSource()))) {
			TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(proxy));
			String id = newId();
			String never = newId();

			commit(transaction, (status) -> startPacking(id));
			rollBack(transaction, () -> startPacking(never));

			assertThat(client().handle(id).result(String.class, PATIENCE)).isEqualTo("packed " + id);
			assertThat(runsOf(never)).isZero();
		}
	}

	@Test
	void shouldFindWhatWasCommittedAlthoughTheCommitFailed() {
		JdbcTransactionManager forgetful = new JdbcTransactionManager(dataSource()) {
			@Override
			protected void doCommit(DefaultTransactionStatus status) {
				super.doCommit(status);
				throw new TransactionSystemException("The answer was lost");
			}
		};
		String id = newId();

		assertThatExceptionOfType(TransactionSystemException.class)
			.isThrownBy(() -> commit(new TransactionTemplate(forgetful), (status) -> startPacking(id)));

		assertThat(client().handle(id).result(String.class, PATIENCE)).isEqualTo("packed " + id);
	}

	@Test
	void shouldSeeTheDatabaseAsTheTransactionDoes() {
		String id = newId();

		commit(jdbc(), (status) -> {
			startPacking(id);
			assertThat(new JdbcTemplate(dataSource())
				.queryForObject("select count(*) from workflow_execution where workflow_id = ?", Long.class, id))
				.isEqualTo(1);
		});
	}

}
