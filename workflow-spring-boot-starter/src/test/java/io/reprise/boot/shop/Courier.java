package io.reprise.boot.shop;

import java.util.concurrent.CountDownLatch;

import io.reprise.Activities;
import io.reprise.Activity;

/** Is on the way until a test lets it arrive. */
@Activity
public class Courier {

	private static volatile CountDownLatch left = new CountDownLatch(1);

	private static volatile CountDownLatch arrival = new CountDownLatch(1);

	public int deliver() {
		left.countDown();
		awaitUninterrupted(arrival);
		return Activities.info().attempt();
	}

	public static void reset() {
		left = new CountDownLatch(1);
		arrival = new CountDownLatch(1);
	}

	public static void awaitLeft() {
		awaitUninterrupted(left);
	}

	public static void arrive() {
		arrival.countDown();
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		boolean interrupted = false;
		while (true) {
			try {
				latch.await();
				break;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
