package io.reprise.it.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import io.reprise.ActivityFailure;
import io.reprise.ActivityOptions;
import io.reprise.Promise;
import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * Goes from port to port as chance will have it: activities one by one and side by side,
 * some that fail at first, timers, waits, side effects. Ends with all that it heard.
 */
@Workflow
public class Voyage {

	private final Port port;

	private final Port once;

	private final List<String> heard = new ArrayList<>();

	public Voyage(@ActivityOptions(initialInterval = "20ms", startToCloseTimeout = "20s") Port port,
			@ActivityOptions(maximumAttempts = 1) Port once) {
		this.port = port;
		this.once = once;
	}

	@Workflow.Run
	public List<String> run(String name, int legs) {
		RandomGenerator random = Workflows.random();
		for (int leg = 0; leg < legs; leg++) {
			if (Build.isNew() && Workflows.patched("customs")) {
				port.call(name + ":" + leg + ".customs");
			}
			sail(name + ":" + leg, random);
			HaltPoint.IN_TURN.pass();
		}
		return heard;
	}

	private void sail(String leg, RandomGenerator random) {
		switch (random.nextInt(7)) {
			case 0 -> port.call(leg);
			case 1 -> Workflows.sleep(Duration.ofMillis(random.nextInt(5, 60)));
			case 2 -> callTogether(leg);
			case 3 -> port.stormy(leg);
			case 4 -> awaitNews(random);
			case 5 -> Workflows.sideEffect(String.class, () -> "seen at " + leg);
			default -> callOnce(leg);
		}
	}

	private void callTogether(String leg) {
		List<Promise<String>> calls = IntStream.range(0, 3)
			.mapToObj((i) -> Workflows.async(() -> port.call(leg + "." + i)))
			.toList();
		Workflows.all(calls);
	}

	private void awaitNews(RandomGenerator random) {
		int known = heard.size();
		Workflows.await(Duration.ofMillis(random.nextInt(10, 80)), () -> heard.size() > known);
	}

	/** At most once: it may be lost with its process, or with its database. */
	private void callOnce(String leg) {
		try {
			once.call(leg);
		}
		catch (ActivityFailure failure) {
			Workflows.logger(Voyage.class).debug("Nobody knows whether the call at {} was done", leg);
		}
	}

	@Workflow.Signal
	public void tell(String news) {
		heard.add(news);
	}

	@Workflow.Query
	public List<String> heard() {
		return heard;
	}

}
