package io.reprise.it.replicas;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.reprise.Activities;
import io.reprise.Activity;
import io.reprise.ApplicationFailure;

/** Activities that a test can hold, and of which it can see where they ran. */
@Activity
public class Jobs {

	private final String node;

	private final Map<String, CountDownLatch> held;

	private final List<String> begun;

	Jobs(String node, Shared shared) {
		this.node = node;
		held = shared.held();
		begun = shared.begun();
	}

	public String perform(String job) {
		begun.add(job + " #" + Activities.info().attempt() + " on " + node);
		CountDownLatch latch = held.get(job);
		if (latch != null) {
			await(latch);
		}
		return node;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Fails at first. */
	public String retried(String job) {
		begun.add(job + " #" + Activities.info().attempt() + " on " + node);
		if (Activities.info().attempt() == 1) {
			throw ApplicationFailure.retryable("Busy", "not now");
		}
		return node;
	}

	/**
	 * What the replicas' activities have in common.
	 *
	 * @param held jobs that wait until the test lets them end
	 * @param begun what began where, in order
	 */
	record Shared(Map<String, CountDownLatch> held, List<String> begun) {

		Shared() {
			this(new ConcurrentHashMap<>(), new CopyOnWriteArrayList<>());
		}

		void hold(String job) {
			held.put(job, new CountDownLatch(1));
		}

		void release(String job) {
			held.get(job).countDown();
		}

	}

}
