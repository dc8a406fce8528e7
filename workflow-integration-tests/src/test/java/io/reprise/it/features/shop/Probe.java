package io.reprise.it.features.shop;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.springframework.stereotype.Component;

/**
 * What tests and activities share: notes of what happened, and gates at which activities
 * wait.
 */
@Component
public class Probe {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Map<String, List<Object>> notes = new ConcurrentHashMap<>();

	private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

	public void note(String key, Object value) {
		notes(key).add(value);
	}

	public List<Object> notes(String key) {
		return notes.computeIfAbsent(key, (unused) -> new CopyOnWriteArrayList<>());
	}

	/** Opens a gate for all who wait there and all who come. */
	public void open(String key) {
		gate(key, 1).countDown();
	}

	/** Waits at a gate until it is open. */
	public void hold(String key) {
		if (!hold(key, PATIENCE)) {
			throw new IllegalStateException("Expected gate '%s' to be opened within %s".formatted(key, PATIENCE));
		}
	}

	/** Waits at a gate, but not for long. */
	public boolean hold(String key, Duration duration) {
		return await(gate(key, 1), duration);
	}

	/** Waits until a number of callers wait here at the same time. */
	public void meet(String key, int parties) {
		CountDownLatch gate = gate(key, parties);
		gate.countDown();
		if (!await(gate, PATIENCE)) {
			throw new IllegalStateException(
					"Expected %d callers, but %d are missing".formatted(parties, gate.getCount()));
		}
	}

	private CountDownLatch gate(String key, int parties) {
		return gates.computeIfAbsent(key, (unused) -> new CountDownLatch(parties));
	}

	private static boolean await(CountDownLatch gate, Duration duration) {
		try {
			return gate.await(duration.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
