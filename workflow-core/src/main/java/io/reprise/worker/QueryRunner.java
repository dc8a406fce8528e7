package io.reprise.worker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Payload;
import io.reprise.replay.WorkflowMachine;
import io.reprise.spi.Ticker;

/**
 * Answers queries from the committed history. A query sees every input acknowledged
 * before it, so it waits for outstanding turns; a stalled run answers from where it
 * stands.
 */
final class QueryRunner {

	/**
	 * Another node's turns are not announced here, so they are looked for; those that
	 * wait for local activities are hurried.
	 */
	private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

	private final RunSource runs;

	private final MachineCache cache;

	private final TurnRunner turns;

	private final Ticker ticker;

	private final Ticker realTime;

	private final Duration timeout;

	QueryRunner(RunSource runs, MachineCache cache, TurnRunner turns, Ticker ticker, Ticker realTime,
			Duration timeout) {
		this.runs = runs;
		this.cache = cache;
		this.turns = turns;
		this.ticker = ticker;
		this.realTime = realTime;
		this.timeout = timeout;
	}

	Payload query(ExecutionKey key, String name, Payload arguments) {
		long deadline = ticker.nanos() + timeout.toNanos();
		while (true) {
			RunSource.Position position = settled(key, deadline);
			if (position.delayedUntil() != null) {
				throw failed(position, "it has not begun and does so at " + position.delayedUntil());
			}
			MachineSlot slot = acquire(position);
			try (TaskMdc mdc = TaskMdc.of(position.key(), position.workflowType())) {
				WorkflowMachine machine = turns.machineFor(slot, position);
				if (machine != null) {
					return machine.query(name, arguments);
				}
			}
			finally {
				if (position.closed()) {
					slot.discard();
				}
				slot.unlock();
				cache.evict();
			}
		}
	}

	/**
	 * A turn that waits for its local activities holds the workflow. It has its chance to
	 * come to an end by itself first.
	 */
	private MachineSlot acquire(RunSource.Position position) {
		if (position.lastInputId() == 0) {
			return cache.acquire(position.key());
		}
		Ticker.Scheduled hurry = realTime.schedule(LOOK_AGAIN, () -> cache.hurry(position.key().runId()));
		try {
			return cache.acquire(position.key());
		}
		finally {
			hurry.cancel();
		}
	}

	private RunSource.Position settled(ExecutionKey key, long deadline) {
		RunSource.Position position = runs.position(key);
		while (!position.settled()) {
			CompletableFuture<Void> settled = runs.whenSettled(position.key().runId());
			try {
				position = runs.position(key);
				if (!position.settled()) {
					await(settled, position, deadline);
					position = runs.position(key);
				}
			}
			finally {
				settled.cancel(false);
			}
		}
		return position;
	}

	private void await(CompletableFuture<Void> settled, RunSource.Position position, long deadline) {
		Ticker.Scheduled lookAgain = realTime.schedule(LOOK_AGAIN,
				() -> settled.completeExceptionally(new TimeoutException()));
		try {
			settled.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failed(position, "the asking thread was interrupted");
		}
		catch (ExecutionException ex) {
			if (!(ex.getCause() instanceof TimeoutException)) {
				throw failed(position, "the engine has stopped");
			}
			cache.hurry(position.key().runId());
			if (ticker.nanos() >= deadline) {
				throw failed(position, "its last inputs were not processed within " + timeout);
			}
		}
		finally {
			lookAgain.cancel();
		}
	}

	private static WorkflowException failed(RunSource.Position position, String reason) {
		return new WorkflowException(ErrorCode.QUERY_FAILED,
				"Expected workflow %s to answer a query, but %s. See describe() for what it waits for"
					.formatted(position.key(), reason));
	}

}
