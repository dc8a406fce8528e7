package io.reprise.it.transactions;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowHandle;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A process that ends right after a commit, before anybody was told of it; or, asked to
 * look, says what came of it.
 */
final class KilledMain {

	static final String STARTED = "started-in-transaction";

	static final String SIGNALED = "signaled-in-transaction";

	static final String NEVER = "rolled-back";

	private KilledMain() {
	}

	public static void main(String[] args) {
		if ("commit".equals(args[1])) {
			// Nothing but the end of the transaction can make it look
			ConfigurableApplicationContext context = OrderApplication.start(args[0],
					Map.of("workflow.engine.sweep-interval", "1h"));
			commit(context, context.getBean(WorkflowClient.class));
		}
		else {
			ConfigurableApplicationContext context = OrderApplication.start(args[0], Map.of());
			look(context, context.getBean(WorkflowClient.class));
		}
	}

	private static void commit(ConfigurableApplicationContext context, WorkflowClient client) {
		TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		JdbcClient jdbc = context.getBean(JdbcClient.class);
		WorkflowHandle<Basket, List<String>> basket = client.start(Basket.class, Basket::run,
				StartOptions.withId(SIGNALED));
		basket.query(Basket::size);
		transaction.executeWithoutResult((status) -> {
			client.start(Packing.class, (w) -> w.run(NEVER), StartOptions.withId(NEVER));
			status.setRollbackOnly();
		});
		transaction.executeWithoutResult((status) -> {
			TransactionSynchronizationManager.registerSynchronization(new DeathAfterCommit());
			jdbc.sql("insert into orders (id) values (?)").param(STARTED).update();
			client.start(Packing.class, (w) -> w.run(STARTED), StartOptions.withId(STARTED));
			basket.signal((w) -> w.add("bread"));
			basket.signal(Basket::pay);
		});
	}

	private static void look(ConfigurableApplicationContext context, WorkflowClient client) {
		System.out.println("found " + client.handle(STARTED).result(String.class));
		System.out.println("found " + client.handle(SIGNALED).result(List.class));
		System.out.println("runs " + client.list("workflowId = '" + NEVER + "'").workflows().size());
		System.out.println("orders "
				+ context.getBean(JdbcClient.class).sql("select count(*) from orders").query(Long.class).single());
		context.close();
		System.out.println("done");
	}

	/** Keeps the thread that has committed from telling anybody. */
	private static final class DeathAfterCommit implements TransactionSynchronization {

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

		@Override
		public void afterCommit() {
			System.out.println("committed");
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
