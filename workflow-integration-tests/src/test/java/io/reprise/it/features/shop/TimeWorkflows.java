package io.reprise.it.features.shop;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

import io.reprise.Workflow;
import io.reprise.Workflows;
import org.slf4j.Logger;

/**
 * Workflows that wait, and ask for what is different each time.
 */
public final class TimeWorkflows {

	private TimeWorkflows() {
	}

	/** Sleeps. */
	@Workflow
	public static class Nap {

		private final Ledger ledger;

		public Nap(Ledger ledger) {
			this.ledger = ledger;
		}

		@Workflow.Run
		public Times run(Duration duration) {
			Instant databaseBefore = ledger.databaseTime();
			Instant before = Workflows.now();
			Workflows.sleep(duration);
			Instant after = Workflows.now();
			return new Times(databaseBefore, before, after, ledger.databaseTime());
		}

	}

	/**
	 * What the clocks said.
	 *
	 * @param databaseBefore the database's before the sleep
	 * @param before the workflow's before the sleep
	 * @param after the workflow's after it
	 * @param databaseAfter the database's after it
	 */
	public record Times(Instant databaseBefore, Instant before, Instant after, Instant databaseAfter) {

	}

	/** Waits for a visitor, but not for ever. */
	@Workflow
	public static class Doorman {

		private String visitor = "";

		@Workflow.Run
		public String run(Duration patience) {
			boolean came = Workflows.await(patience, () -> !visitor.isEmpty());
			return came ? "let in " + visitor : "went home";
		}

		@Workflow.Signal
		public void knock(String name) {
			visitor = name;
		}

	}

	/** Draws a number and waits for its owner. */
	@Workflow
	public static class Lottery {

		private static final Logger logger = Workflows.logger(Lottery.class);

		private Draw draw;

		private boolean claimed;

		@Workflow.Run
		public Draw run() {
			RandomGenerator random = Workflows.random();
			String secret = Workflows.sideEffect(String.class, () -> UUID.randomUUID().toString());
			draw = new Draw(Workflows.now(), Workflows.randomUuid(), random.nextLong(), random.nextDouble(), secret);
			logger.info("Drawn for {}", Workflows.info().workflowId());
			Workflows.await(() -> claimed);
			logger.info("Claimed by {}", Workflows.info().workflowId());
			return draw;
		}

		@Workflow.Signal
		public void claim() {
			claimed = true;
		}

		@Workflow.Query
		public Draw draw() {
			return draw;
		}

	}

	/**
	 * What was drawn.
	 *
	 * @param at when
	 * @param id an id
	 * @param number a number
	 * @param fraction another one
	 * @param secret the value of a side effect
	 */
	public record Draw(Instant at, UUID id, long number, double fraction, String secret) {

	}

}
