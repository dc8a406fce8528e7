package io.reprise.testkit.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.WorkflowTask;
import io.reprise.spi.TaskDispatch;
import io.reprise.spi.TurnAhead;

/**
 * Carries tasks late, twice, out of order, or not at all on a node that is about to die.
 */
final class SimulatedDispatch implements TaskDispatch {

	private final TaskDispatch worker;

	private final World world;

	private final Plan plan;

	private final Chance chance;

	private final SimulatedNode node;

	private final Interruptions calls;

	private final Oracle oracle;

	SimulatedDispatch(TaskDispatch worker, World world, Plan plan, Chance chance, SimulatedNode node,
			Interruptions calls, Oracle oracle) {
		this.worker = worker;
		this.world = world;
		this.plan = plan;
		this.chance = chance;
		this.node = node;
		this.calls = calls;
		this.oracle = oracle;
	}

	@Override
	public void dispatch(WorkflowTask task) {
		world.trace("turn of " + task.key().runId() + " " + task.token());
		carry("turn of " + task.key().runId(), () -> worker.dispatch(task));
	}

	/** Most turns run ahead; the others show that it works as well without. */
	@Override
	public boolean dispatchAhead(WorkflowTask task, TurnAhead turn) {
		if (!chance.in(0.8) || !worker.dispatchAhead(task, watched(turn))) {
			return false;
		}
		world.trace("turn ahead of " + task.key().runId() + " " + task.token());
		return true;
	}

	private TurnAhead watched(TurnAhead turn) {
		return new TurnAhead() {

			@Override
			public CompletableFuture<CommandResult> submit(Command outcome) {
				if (outcome instanceof Command.CompleteTask completed) {
					oracle.handedIn(completed);
				}
				return turn.submit(outcome);
			}

			@Override
			public void decline() {
				turn.decline();
			}

			@Override
			public boolean awaitInput() {
				return turn.awaitInput();
			}

			@Override
			public boolean isInputDurable() {
				return turn.isInputDurable();
			}

		};
	}

	@Override
	public void dispatch(ActivityTask task) {
		world.trace("attempt " + task.attempt() + " of " + task.key().runId() + ":" + task.activityId());
		oracle.dispatched(task);
		carry("attempt of " + task.key().runId() + ":" + task.activityId(), () -> worker.dispatch(task));
	}

	@Override
	public boolean withdraw(ExecutionKey key, Map<Integer, Integer> attempts) {
		boolean withdrawn = worker.withdraw(key, attempts);
		world.trace("attempts " + attempts + " of " + key.runId() + (withdrawn ? " withdrawn" : " stay"));
		return withdrawn;
	}

	@Override
	public void suspendAttempts() {
		worker.suspendAttempts();
	}

	@Override
	public void resumeAttempts() {
		worker.resumeAttempts();
	}

	@Override
	public void dropAttempts() {
		worker.dropAttempts();
	}

	@Override
	public void cancelActivity(ExecutionKey key, int activityId) {
		carry("cancel of " + key.runId() + ":" + activityId, () -> worker.cancelActivity(key, activityId));
	}

	@Override
	public void runClosed(ExecutionKey key) {
		carry("close of " + key.runId(), () -> worker.runClosed(key));
	}

	private void carry(String what, Runnable delivery) {
		calls.at("dispatch of " + what, () -> {
			if (!calls.troubled()) {
				delivery.run();
				return true;
			}
			if (chance.in(plan.drop())) {
				world.fault(node.name() + " loses the " + what + " and is to die");
				node.doom();
				return true;
			}
			if (chance.in(plan.duplicate())) {
				world.fault(node.name() + " gets the " + what + " twice");
				later(delivery);
			}
			if (chance.in(plan.delay())) {
				world.fault(node.name() + " gets the " + what + " late");
				later(delivery);
			}
			else {
				delivery.run();
			}
			return true;
		});
	}

	private void later(Runnable delivery) {
		world.schedule(node.process(), Duration.ofMillis(chance.between(0, chance.oneOf(1, 50, 2_000))), delivery);
	}

}
