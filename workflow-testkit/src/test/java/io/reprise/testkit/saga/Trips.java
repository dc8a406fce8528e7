package io.reprise.testkit.saga;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.reprise.Activity;
import io.reprise.ActivityOptions;
import io.reprise.ApplicationFailure;

/**
 * What a trip needs. Keeps what was booked and cancelled, in order; what a test lists
 * cannot be had, or not be cancelled.
 */
@Activity
@ActivityOptions(maximumAttempts = 3)
public class Trips {

	final List<String> log = new CopyOnWriteArrayList<>();

	final Set<String> impossible = new HashSet<>();

	public String book(String what) {
		attempt("book " + what);
		return what + "-1";
	}

	public void cancel(String booking) {
		attempt("cancel " + booking);
	}

	private void attempt(String what) {
		if (impossible.contains(what)) {
			throw ApplicationFailure.nonRetryable("Refused", what);
		}
		log.add(what);
	}

}
