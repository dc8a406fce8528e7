package io.reprise.samples.orders;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.reprise.ErrorCode;
import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowException;
import io.reprise.WorkflowFailedException;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowPage;
import io.reprise.samples.orders.Outcome.Result;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.stereotype.Component;

/**
 * Starts a workflow for each order, waits for all of them and closes the books. It keeps
 * no notes of its own: after a crash it does the same again, and each start finds the
 * workflow that is there already.
 */
@Component
class ShopRunner implements ApplicationRunner, ExitCodeGenerator {

	private final WorkflowClient client;

	private final Books books;

	private final ShopProperties properties;

	private boolean correct;

	ShopRunner(WorkflowClient client, Books books, ShopProperties properties) {
		this.client = client;
		this.books = books;
		this.properties = properties;
	}

	@Override
	public void run(ApplicationArguments arguments) throws Exception {
		List<Order> orders = OrderFile.read(properties.orders());
		Set<String> settledEarlier = settledOrders();
		welcome(orders.size(), settledEarlier.size());
		Progress progress = new Progress(orders.size(), settledEarlier, properties.watch());
		try {
			close(process(orders, progress));
		}
		catch (ExecutionException ex) {
			if (!isShutdown(ex)) {
				throw ex;
			}
			System.out.println("The shop closes early. Start it again, and it goes on.");
		}
	}

	private void close(List<Outcome> outcomes) {
		Summary summary = books.balance(outcomes);
		System.out.printf(Locale.US, """

				On the way (differs from run to run)
				  charges asked for again, not carried out again: %,d
				  mails that took more than one attempt: %,d

				Summary (the same for every run)
				%s
				""", books.repeatedCharges(), books.repeatedMails(), summary);
		correct = summary.isCorrect();
	}

	private void welcome(int orders, int settledEarlier) {
		if (settledEarlier == 0) {
			System.out.printf(Locale.US, "The shop has %,d orders.%n", orders);
		}
		else if (settledEarlier < orders) {
			System.out.printf(Locale.US, "The shop goes on: %,d of %,d orders are done.%n", settledEarlier, orders);
		}
		else {
			System.out.printf(Locale.US, "Nothing left to do: all %,d orders were done by an earlier start.%n", orders);
			return;
		}
		System.out.printf(Locale.US, "Kill it whenever you like (kill -9 %d), and start it again.%n",
				ProcessHandle.current().pid());
	}

	private Set<String> settledOrders() {
		Set<String> settled = new HashSet<>();
		String nextPage = null;
		do {
			WorkflowPage page = client.list("type = 'ProcessOrder' AND status = 'Completed'", 1_000, nextPage);
			page.workflows().forEach(workflow -> settled.add(workflow.workflowId()));
			nextPage = page.nextPageToken();
		}
		while (nextPage != null);
		return settled;
	}

	private List<Outcome> process(List<Order> orders, Progress progress)
			throws InterruptedException, ExecutionException {
		try (ExecutorService threads = Executors.newFixedThreadPool(properties.ordersAtOnce(),
				Thread.ofVirtual().factory())) {
			List<Callable<Outcome>> tasks = new ArrayList<>();
			progress.settledFirst(orders).forEach(order -> tasks.add(() -> process(order, progress)));
			List<Outcome> outcomes = new ArrayList<>();
			for (Future<Outcome> outcome : threads.invokeAll(tasks)) {
				outcomes.add(outcome.get());
			}
			return outcomes;
		}
	}

	private Outcome process(Order order, Progress progress) {
		// With a request id, a repeated start answers with the run of the first.
		StartOptions options = StartOptions.withId(order.id()).requestId(order.id());
		WorkflowHandle<ProcessOrder, Outcome> workflow = client.start(ProcessOrder.class, w -> w.run(order), options);
		progress.started(workflow);
		Outcome outcome = await(workflow);
		progress.ended(outcome);
		return outcome;
	}

	private Outcome await(WorkflowHandle<ProcessOrder, Outcome> workflow) {
		try {
			return Objects.requireNonNull(workflow.result());
		}
		catch (WorkflowFailedException ex) {
			return new Outcome(workflow.workflowId(), Result.FAILED, String.valueOf(ex.getMessage()));
		}
	}

	private static boolean isShutdown(ExecutionException ex) {
		return ex.getCause() instanceof WorkflowException failure && failure.code() == ErrorCode.ENGINE_NOT_RUNNING;
	}

	@Override
	public int getExitCode() {
		return correct ? 0 : 1;
	}

}
