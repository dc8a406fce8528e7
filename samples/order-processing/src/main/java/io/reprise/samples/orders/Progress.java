package io.reprise.samples.orders;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import io.reprise.WorkflowException;
import io.reprise.WorkflowHandle;
import io.reprise.samples.orders.Outcome.Result;

/**
 * Shows how far the shop has come: a line per hundred orders, one per order that was not
 * shipped, and one for the order that is watched. Orders of an earlier start are counted,
 * not shown.
 */
class Progress {

	private static final int STEP = 100;

	private final int orders;

	private final Set<String> settledEarlier;

	private final String watch;

	private final Map<String, WorkflowHandle<ProcessOrder, Outcome>> running = new ConcurrentHashMap<>();

	private final Map<Result, Integer> results = new TreeMap<>();

	private final Lock lock = new ReentrantLock();

	Progress(int orders, Set<String> settledEarlier, String watch) {
		this.orders = orders;
		this.settledEarlier = settledEarlier;
		this.watch = watch;
	}

	/**
	 * The order in which to look at the orders, so that counting goes on where the last
	 * start ended.
	 */
	List<Order> settledFirst(List<Order> all) {
		return all.stream().sorted(Comparator.comparing(order -> !settledEarlier.contains(order.id()))).toList();
	}

	void started(WorkflowHandle<ProcessOrder, Outcome> order) {
		running.put(order.workflowId(), order);
	}

	void ended(Outcome outcome) {
		running.remove(outcome.orderId());
		boolean news = !settledEarlier.contains(outcome.orderId());
		if (outcome.orderId().equals(watch) || (news && outcome.result() != Result.SHIPPED)) {
			System.out.println(outcome);
		}
		int done = count(outcome.result());
		if (news && done % STEP == 0) {
			System.out.printf(Locale.US, "--- %,d of %,d orders done: %s%s%n", done, orders, tally(), glimpse());
		}
	}

	private int count(Result result) {
		lock.lock();
		try {
			results.merge(result, 1, Integer::sum);
			return results.values().stream().mapToInt(Integer::intValue).sum();
		}
		finally {
			lock.unlock();
		}
	}

	private String tally() {
		lock.lock();
		try {
			return results.entrySet()
				.stream()
				.map(entry -> entry.getValue() + " " + entry.getKey().label())
				.collect(Collectors.joining(", "));
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Asks a running order where it stands.
	 */
	private String glimpse() {
		return running.values().stream().findAny().map(Progress::status).orElse("");
	}

	private static String status(WorkflowHandle<ProcessOrder, Outcome> order) {
		try {
			return "; %s is %s".formatted(order.workflowId(), order.query(ProcessOrder::status));
		}
		catch (WorkflowException ex) {
			return "; %s does not say where it stands (%s)".formatted(order.workflowId(), ex.code());
		}
	}

}
