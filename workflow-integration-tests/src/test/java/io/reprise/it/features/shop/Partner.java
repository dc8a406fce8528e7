package io.reprise.it.features.shop;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import io.reprise.Activities;
import io.reprise.Activity;
import io.reprise.ApplicationFailure;
import io.reprise.CanceledFailure;

/**
 * A system elsewhere that fails, hangs and is slow as it is told.
 */
@Activity
public class Partner {

	private static final Duration BETWEEN_HEARTBEATS = Duration.ofMillis(20);

	private final Probe probe;

	public Partner(Probe probe) {
		this.probe = probe;
	}

	/** Fails the first attempts and then answers. */
	public String call(Script script) {
		int attempt = Activities.info().attempt();
		probe.note(script.key(), System.nanoTime());
		if (attempt <= script.failures()) {
			fail(script);
		}
		return "attempt " + attempt;
	}

	private void fail(Script script) {
		switch (script.fault()) {
			case NO_ANSWER -> throw new IllegalStateException("no answer", new IOException("connection reset"));
			case DECLINED -> throw new CardDeclined("card 4711 declined");
			case HOPELESS -> throw ApplicationFailure.nonRetryable("AccountClosed", "no such account")
				.withDetails(Map.of("account", 7));
			case BUSY ->
				throw ApplicationFailure.retryable("Busy", "come later").withNextRetryDelay(Duration.ofMillis(100));
			case HANGS -> probe.hold(script.key());
		}
	}

	/**
	 * Copies pages from where the attempt before stopped; the first falls silent, or
	 * fails, at page 3.
	 */
	public String copy(Script script, int pages) {
		int done = Activities.lastHeartbeat(Integer.class).orElse(0);
		probe.note(script.key(), done);
		for (int page = done + 1; page <= pages; page++) {
			Activities.heartbeat(page);
			if (page == 3 && done == 0) {
				fail(script);
			}
		}
		return "went on after page " + done;
	}

	/** Runs until somebody cancels it. */
	public void watch(String key) {
		probe.note(key, "watching");
		try {
			while (!probe.hold(key, BETWEEN_HEARTBEATS)) {
				Activities.heartbeat();
			}
		}
		catch (CanceledFailure ex) {
			probe.note(key, "stopped");
			throw ex;
		}
	}

	/** Waits until as many callers are here. */
	public int meet(String key, int number, int callers) {
		probe.meet(key, callers);
		return number;
	}

	public String hold(String key) {
		probe.hold(key);
		return key;
	}

	public String echo(String text) {
		return text;
	}

	/** How an attempt fails. */
	public enum Fault {

		NO_ANSWER, DECLINED, HOPELESS, BUSY, HANGS

	}

	/**
	 * What is to happen.
	 *
	 * @param key where attempts are noted
	 * @param failures how many attempts fail
	 * @param fault how they fail
	 */
	public record Script(String key, int failures, Fault fault) {

	}

	/** An exception of the application's own. */
	public static class CardDeclined extends RuntimeException {

		CardDeclined(String message) {
			super(message);
		}

	}

}
