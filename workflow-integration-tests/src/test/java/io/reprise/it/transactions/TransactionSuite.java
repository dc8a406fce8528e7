package io.reprise.it.transactions;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.reprise.ErrorCode;
import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowException;
import io.reprise.WorkflowHandle;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.TestInstance;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Commands inside transactions of an application. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TransactionSuite {

	static final Duration PATIENCE = Duration.ofSeconds(30);

	private final RunningApplication application;

	TransactionSuite(RunningApplication application) {
		this.application = application;
	}

	WorkflowClient client() {
		return application.context().getBean(WorkflowClient.class);
	}

	DataSource dataSource() {
		return application.context().getBean(DataSource.class);
	}

	JpaTransactionManager jpaTransactions() {
		return (JpaTransactionManager) application.context().getBean(PlatformTransactionManager.class);
	}

	TransactionTemplate jpa() {
		return new TransactionTemplate(jpaTransactions());
	}

	TransactionTemplate jdbc() {
		return new TransactionTemplate(new JdbcTransactionManager(dataSource()));
	}

	void rollBack(TransactionTemplate transaction, Runnable work) {
		transaction.executeWithoutResult((status) -> {
			work.run();
			status.setRollbackOnly();
		});
	}

	void commit(TransactionTemplate transaction, Consumer<TransactionStatus> work) {
		transaction.executeWithoutResult(work);
	}

	void insertOrder(String id) {
		application.context().getBean(JdbcClient.class).sql("insert into orders (id) values (?)").param(id).update();
	}

	boolean hasOrder(String id) {
		return application.context()
			.getBean(JdbcClient.class)
			.sql("select count(*) from orders where id = ?")
			.param(id)
			.query(Long.class)
			.single() == 1;
	}

	static String newId() {
		return "order-" + UUID.randomUUID();
	}

	WorkflowHandle<Packing, String> startPacking(String id) {
		return startPacking(StartOptions.withId(id), id);
	}

	WorkflowHandle<Packing, String> startPacking(StartOptions options, String order) {
		return client().start(Packing.class, (w) -> w.run(order), options);
	}

	WorkflowHandle<Basket, List<String>> startBasket(String id) {
		return client().start(Basket.class, Basket::run, StartOptions.withId(id));
	}

	long runsOf(String id) {
		return client().list("workflowId = '" + id + "'").workflows().size();
	}

	static void assertRefused(ErrorCode code, ThrowingCallable call) {
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

}
