package io.reprise.it.faults;

import java.util.concurrent.CompletableFuture;

import io.reprise.Activities;
import io.reprise.Activity;
import io.reprise.ActivityOptions;

/**
 * Activities that are under way when their process dies.
 */
@Activity
public class Errands {

	@ActivityOptions(startToCloseTimeout = "10m", maximumAttempts = 1)
	public String atMostOnce() {
		return hangFirst("at most once");
	}

	@ActivityOptions(startToCloseTimeout = "10m")
	public String atLeastOnce() {
		return hangFirst("at least once");
	}

	private static String hangFirst(String what) {
		int attempt = Activities.info().attempt();
		System.out.println("began " + what + " " + attempt);
		if (attempt == 1) {
			new CompletableFuture<Void>().join();
		}
		return "attempt " + attempt;
	}

}
