package io.reprise.testkit.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.Lifetime;
import io.reprise.RetrySettings;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Payload;
import io.reprise.spi.PayloadConverter;
import io.reprise.spi.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who starts, signals, asks, cancels and terminates, at whichever node answers,
 * and repeats with the same ids what was not answered.
 */
final class SimulatedClient {

	private static final String NAMESPACE = ExecutionKey.DEFAULT_NAMESPACE;

	private static final PayloadConverter CONVERTER = SimulatedNode.CONVERTER;

	private final World world;

	private final Plan plan;

	private final Chance chance;

	private final List<SimulatedNode> nodes;

	private final Oracle oracle;

	private final Process process;

	private final String name;

	private final List<String> runs = new ArrayList<>();

	private int numbers;

	private boolean done;

	SimulatedClient(World world, Plan plan, Chance chance, List<SimulatedNode> nodes, Oracle oracle, Process process,
			String name) {
		this.world = world;
		this.plan = plan;
		this.chance = chance;
		this.nodes = nodes;
		this.oracle = oracle;
		this.process = process;
		this.name = name;
	}

	void begin() {
		process.start(name, () -> {
			start();
			int operations = (int) chance.between(1, plan.operations());
			for (int i = 0; i < operations; i++) {
				world.sleep(Duration.ofMillis(chance.oneOf(0, 1, 10, 200, 3_000)));
				act();
			}
			done = true;
		});
	}

	boolean isDone() {
		return done;
	}

	private void act() {
		switch (chance.below(20)) {
			case 0, 1, 2 -> start();
			case 3, 4, 5, 6, 7, 8, 9, 10, 11 -> signal();
			case 12, 13, 14 -> query();
			case 15, 16 -> update();
			case 17, 18 -> send(new Command.RequestCancel(target(), null, nextId()));
			default -> send(new Command.TerminateWorkflow(target(), "as planned", nextId()));
		}
	}

	private String nextId() {
		return name + "-" + ++numbers;
	}

	private String workflowId() {
		return "w" + chance.below(plan.workflows());
	}

	private ExecutionKey target() {
		String runId = (!runs.isEmpty() && chance.in(0.3)) ? chance.pick(runs) : "";
		RunStory story = oracle.story(runId);
		return (story != null) ? story.key() : new ExecutionKey(NAMESPACE, workflowId(), "");
	}

	private void start() {
		String workflowId = workflowId();
		Payload arguments = CONVERTER.toArguments(Program.draw(chance));
		String first = nextId();
		String requestId = chance.in(0.5) ? first : "r" + first;
		IdReusePolicy reuse = chance.oneOf(IdReusePolicy.ALLOW_DUPLICATE, IdReusePolicy.ALLOW_DUPLICATE,
				IdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY, IdReusePolicy.REJECT_DUPLICATE);
		IdConflictPolicy conflict = chance.oneOf(IdConflictPolicy.FAIL, IdConflictPolicy.FAIL,
				IdConflictPolicy.USE_EXISTING, IdConflictPolicy.TERMINATE_EXISTING);
		Lifetime lifetime = chance.in(0.3) ? lifetime() : Lifetime.UNLIMITED;
		boolean withSignal = chance.in(0.2);
		send(() -> {
			// Who calls the client again draws another run id.
			String runId = (numbers > 0 && requestId.equals(first)) ? first : nextId();
			ExecutionKey key = new ExecutionKey(NAMESPACE, workflowId, runId);
			Command message = withSignal
					? new Command.SignalWorkflow(key, "signal", CONVERTER.toArguments(requestId), requestId) : null;
			return new Command.StartWorkflow(key, "Program", "default", arguments, requestId, reuse, conflict, lifetime,
					message);
		});
	}

	private Lifetime lifetime() {
		RetrySettings retry = RetrySettings.defaults()
			.withMaximumAttempts((int) chance.between(2, 3))
			.withBackoff(Duration.ofMillis(chance.oneOf(1, 700, 4_000)), 2, Duration.ofSeconds(5));
		boolean repeated = chance.in(0.1);
		Duration delay = Duration.ofMillis((!repeated && chance.in(0.3)) ? chance.oneOf(1, 900, 6_000) : 0);
		return new Lifetime((repeated || chance.in(0.3)) ? Duration.ofMillis(chance.oneOf(5, 3_000, 20_000)) : null,
				chance.in(0.4) ? Duration.ofMillis(chance.oneOf(1, 800, 9_000)) : null, chance.in(0.5) ? retry : null,
				delay, repeated ? "*/7 * * * * *" : null, null);
	}

	private void signal() {
		ExecutionKey key = target();
		String label = nextId();
		if (chance.in(0.2)) {
			Payload arguments = CONVERTER.toArguments(label, Step.of(Step.Kind.ACTIVITY, 0, 2));
			send(new Command.SignalWorkflow(key, "errand", arguments, label));
		}
		else {
			send(new Command.SignalWorkflow(key, "signal", CONVERTER.toArguments(label), label));
		}
	}

	private void update() {
		String label = (chance.in(0.2) ? "no-" : "") + nextId();
		long millis = chance.oneOf(0, 2, 700);
		Step step = chance.oneOf(Step.of(Step.Kind.ACTIVITY, 0, millis), Step.local(Step.Kind.ACTIVITY, 0, millis),
				Step.of(Step.Kind.LOOP, 0, 0), Step.of(Step.Kind.SLEEP, 0, millis));
		send(new Command.UpdateWorkflow(target(), label, "change", CONVERTER.toArguments(label, step)));
	}

	private void send(Command command) {
		send(() -> command);
	}

	private void send(java.util.function.Supplier<Command> commands) {
		int patience = (int) chance.between(1, 6);
		for (int i = 0; i < patience; i++) {
			Command command = commands.get();
			if (command instanceof Command.StartWorkflow start) {
				oracle.starts().asked(start);
			}
			CommandResult result = ask(node -> node.submit(command), Duration.ofSeconds(chance.oneOf(1, 12)));
			world.trace(command.getClass().getSimpleName() + " " + command.key() + ": " + result);
			switch (result) {
				case CommandResult.Accepted accepted -> acknowledged(command, accepted.key().runId());
				case CommandResult.Duplicate duplicate -> acknowledged(command, duplicate.key().runId());
				case CommandResult.Rejected rejected -> {
				}
				case CommandResult.Stale stale -> world.fail("Expected an answer to " + command + ", but it is stale");
				case null -> {
					world.sleep(Duration.ofMillis(chance.oneOf(0, 300, 2_000)));
					continue;
				}
			}
			if (!chance.in(plan.duplicate())) {
				return;
			}
			world.fault(name + " sends " + command + " again");
		}
	}

	private void acknowledged(Command command, String runId) {
		oracle.acknowledgements().add(command, runId);
		if (command instanceof Command.StartWorkflow) {
			runs.add(runId);
		}
	}

	private void query() {
		ExecutionKey key = target();
		if (key.runId().isEmpty()) {
			return;
		}
		RunStory asked = oracle.story(key.runId());
		List<String> promised = oracle.acknowledgements()
			.signals(key.runId())
			.stream()
			// Others were seen by a run before it
			.filter((label) -> asked == null || asked.hasSignal(label))
			.toList();
		Payload answer = ask(node -> node.query(key), Duration.ofSeconds(12));
		if (answer == null) {
			return;
		}
		Report report = (Report) CONVERTER.fromPayload(answer, Report.class);
		world.trace("query of " + key.runId() + ": " + report);
		if (report == null || !report.signals().containsAll(promised)) {
			RunStory story = oracle.story(key.runId());
			// What a run has not seen before its end, it does not know
			if (story == null || !(story.endsUnseen() || story.isContinued())) {
				world.fail("Expected a query of " + key + " to see the signals " + promised
						+ ", which were acknowledged before it, but found " + report);
			}
		}
	}

	/**
	 * Asks a node in a thread of its process, which may die under it.
	 * @return the answer, or {@code null} if there is none
	 */
	private <T> @Nullable T ask(Function<SimulatedNode, T> question, Duration patience) {
		List<SimulatedNode> reachable = nodes.stream().filter(node -> node.gateway() != null).toList();
		if (reachable.isEmpty()) {
			world.sleep(Duration.ofMillis(500));
			return null;
		}
		SimulatedNode node = chance.pick(reachable);
		Process asked = node.process();
		CompletableFuture<@Nullable T> answer = new CompletableFuture<>();
		Runnable lost = () -> answer.complete(null);
		asked.onDeath(lost);
		Ticker.Scheduled impatience = world.schedule(null, patience, lost);
		asked.start("client", () -> {
			try {
				answer.complete(question.apply(node));
			}
			catch (RuntimeException ex) {
				world.trace("no answer: " + ex.getMessage());
				answer.complete(null);
			}
		});
		try {
			return answer.join();
		}
		catch (CompletionException ex) {
			return null;
		}
		finally {
			impatience.cancel();
			asked.forget(lost);
		}
	}

}
