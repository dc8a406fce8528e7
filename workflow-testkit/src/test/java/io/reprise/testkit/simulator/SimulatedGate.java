package io.reprise.testkit.simulator;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.spi.CommandGate;

/**
 * The gate as the worker of the node sees it: what it hands in may come twice or late,
 * and it may not be told that it was taken.
 */
final class SimulatedGate implements CommandGate {

	private final CommandGate engine;

	private final World world;

	private final Plan plan;

	private final Chance chance;

	private final SimulatedNode node;

	private final Interruptions calls;

	private final Oracle oracle;

	SimulatedGate(CommandGate engine, World world, Plan plan, Chance chance, SimulatedNode node, Interruptions calls,
			Oracle oracle) {
		this.engine = engine;
		this.world = world;
		this.plan = plan;
		this.chance = chance;
		this.node = node;
		this.calls = calls;
		this.oracle = oracle;
	}

	@Override
	public CompletableFuture<CommandResult> submit(Command command) {
		String what = command.getClass().getSimpleName() + " of " + command.key().runId();
		world.trace("hands in " + what);
		if (command instanceof Command.CompleteTask turn) {
			oracle.handedIn(turn);
		}
		if (calls.troubled()) {
			if (chance.in(plan.drop())) {
				world.fault(node.name() + " loses " + what + " and is to die");
				node.doom();
				return new CompletableFuture<>();
			}
			if (chance.in(plan.duplicate())) {
				world.fault(node.name() + " hands in " + what + " twice");
				world.schedule(node.process(), Duration.ofMillis(chance.between(0, chance.oneOf(1, 50, 2_000))),
						() -> engine.submit(command));
			}
			if (chance.in(plan.delay())) {
				world.fault(node.name() + " hands in " + what + " late");
				world.sleep(Duration.ofMillis(chance.between(0, chance.oneOf(1, 50, 2_000))));
			}
		}
		CompletableFuture<CommandResult> answer = calls.at(what, () -> engine.submit(command));
		return answer.thenApply(result -> {
			world.trace(what + ": " + result);
			if (result instanceof CommandResult.Accepted && calls.troubled() && chance.in(plan.lostAnswer())) {
				world.fault(node.name() + " loses the answer to " + what);
				throw new WorkflowException(ErrorCode.STORE_UNAVAILABLE, "Expected an answer, but it is lost");
			}
			return result;
		});
	}

}
