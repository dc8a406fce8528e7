package io.reprise.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

import io.reprise.IdReusePolicy;
import io.reprise.ParentClosePolicy;
import io.reprise.TimeoutType;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.Command;
import io.reprise.protocol.Failure;
import io.reprise.protocol.NeighbourAnswer;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.TurnCommand;

/**
 * Sends random commands to a run. Workers may be slow: they answer with tokens and
 * attempts of the past, too.
 */
final class RandomRun {

	final RunDriver driver = RunDriver.started();

	private final RandomGenerator random;

	private final List<TaskToken> tokens = new ArrayList<>();

	/** Whether to close soon; else a run would seldom live long. */
	private final boolean shortLived;

	private int lastTarget;

	private boolean adopted;

	RandomRun(long seed) {
		// the algorithm of this class is specified, unlike that of others
		random = new Random(seed);
		shortLived = random.nextInt(3) == 0;
	}

	/** Whether the last step was another node taking over. */
	boolean adopted() {
		return adopted;
	}

	Decision step() {
		adopted = false;
		passTime();
		if (!driver.state().unseen().isEmpty()) {
			tokens.add(driver.token());
		}
		int dice = random.nextInt(100);
		if (dice < 35) {
			return turn();
		}
		if (dice < 65) {
			return activity();
		}
		if (dice < 80) {
			return driver.fireDue();
		}
		if (dice < 90) {
			return driver.signal("signal-" + random.nextInt(60));
		}
		if (dice < 95) {
			adopted = true;
			return driver.adopt(random.nextBoolean());
		}
		if (dice < 98) {
			return driver.stall(token());
		}
		if (dice < 99) {
			return driver.cancel("cancel-" + random.nextInt(3));
		}
		return shortLived ? driver.terminate() : driver.fireDue();
	}

	private void passTime() {
		switch (random.nextInt(6)) {
			case 0 -> driver.after(Duration.ofNanos(random.nextLong(2_000_000_000L) / 1000 * 1000));
			case 1 -> driver.after(Duration.ofSeconds(random.nextInt(90)));
			case 2 -> {
				Instant due = Kernel.nextDue(driver.run);
				// just in time, or a microsecond early
				if (due != null && due.isAfter(driver.now) && due.isBefore(driver.now.plus(Duration.ofDays(2)))) {
					driver.at(due.minusNanos(1000L * random.nextInt(2)));
				}
			}
			case 3 -> driver.after(Duration.ofMillis(-random.nextInt(50)));
			default -> {
			}
		}
	}

	private TaskToken token() {
		if (random.nextInt(25) == 0) {
			return new TaskToken(driver.state().lastMarkerId(), random.nextInt(200));
		}
		if (tokens.isEmpty()) {
			return new TaskToken(0, 1);
		}
		int back = (random.nextInt(4) == 0) ? random.nextInt(Math.min(tokens.size(), 6)) : 0;
		return tokens.get(tokens.size() - 1 - back);
	}

	private Decision turn() {
		TaskToken token = token();
		List<TurnCommand> commands = new ArrayList<>();
		int count = random.nextInt(4);
		for (int i = 0; i < count; i++) {
			commands.add(command(token));
		}
		if (random.nextInt(shortLived ? 15 : 200) == 0) {
			commands.add(switch (random.nextInt(8)) {
				case 0, 1, 2 -> new TurnCommand.CompleteWorkflow(Payload.json("42"));
				case 3, 4 -> new TurnCommand.FailWorkflow(RunDriver.BOOM);
				case 5 -> new TurnCommand.ContinueAsNew("ProcessOrder", Payload.NO_ARGUMENTS, token.seenUpTo());
				default -> new TurnCommand.CancelWorkflow(null);
			});
		}
		Instant time = driver.now.plusMillis(random.nextInt(10));
		List<String> unpatched = (random.nextInt(10) == 0) ? List.of("never") : List.of();
		return driver.send(new Command.CompleteTask(RunDriver.KEY, token, time, "build-1", commands, unpatched));
	}

	private TurnCommand command(TaskToken token) {
		return switch (random.nextInt(11)) {
			case 0, 1, 2 -> RunDriver.schedule(++lastTarget, policy());
			case 3, 4 -> new TurnCommand.StartTimer(++lastTarget, Duration.ofNanos(random.nextLong(100_000_000_000L)));
			case 5 -> new TurnCommand.RequestCancelActivity(1 + random.nextInt(lastTarget + 1));
			case 6 -> new TurnCommand.CancelTimer(1 + random.nextInt(lastTarget + 1));
			case 7 -> random.nextBoolean() ? new TurnCommand.RecordSideEffect(Payload.json("0.5"))
					: new TurnCommand.RecordPatch("patch-1");
			case 8 -> new TurnCommand.StartChild(++lastTarget, "child", "Child", "default", Payload.NO_ARGUMENTS,
					ParentClosePolicy.values()[random.nextInt(3)], IdReusePolicy.ALLOW_DUPLICATE);
			case 9 -> random.nextBoolean()
					? new TurnCommand.SignalExternal(++lastTarget, child(), "other", "hold", Payload.NO_ARGUMENTS)
					: new TurnCommand.CancelExternal(++lastTarget, child(), "other", null);
			default -> new TurnCommand.SkipInput(skippable(token), "No handler");
		};
	}

	private int child() {
		List<Integer> children = List.copyOf(driver.state().neighbours().children().keySet());
		return (children.isEmpty() || random.nextBoolean()) ? 0 : children.get(random.nextInt(children.size()));
	}

	private Decision neighbour() {
		int number = 1 + random.nextInt(lastTarget + 1);
		List<Integer> pending = new ArrayList<>(driver.state().neighbours().children().keySet());
		pending.addAll(driver.state().neighbours().messages().keySet());
		if (!pending.isEmpty() && random.nextInt(10) > 0) {
			number = pending.get(random.nextInt(pending.size()));
		}
		return switch (random.nextInt(4)) {
			case 0 -> driver.send(new Command.ResolveChild(RunDriver.KEY,
					new NeighbourAnswer.ChildWorkflowCompleted(number, Payload.NULL)));
			case 1 -> driver.send(new Command.SettleDuty(RunDriver.KEY, number));
			default -> driver
				.send(new Command.TakeAnswer(RunDriver.KEY, number, random.nextBoolean() ? null : RunDriver.FATAL));
		};
	}

	private long skippable(TaskToken token) {
		List<Long> ids = driver.state()
			.unseen()
			.stream()
			.map(RecordedEvent::id)
			.filter(id -> id <= token.seenUpTo())
			.toList();
		return ids.isEmpty() ? 1 : ids.get(random.nextInt(ids.size()));
	}

	private ActivityPolicy policy() {
		RunDriver.PolicyBuilder policy = RunDriver.policy().attempts(random.nextInt(5));
		if (random.nextBoolean()) {
			policy.scheduleToClose(Duration.ofSeconds(1 + random.nextInt(120)));
		}
		if (random.nextBoolean()) {
			policy.scheduleToStart(Duration.ofSeconds(1 + random.nextInt(60)));
		}
		return policy
			.backoff(Duration.ofMillis(1 + random.nextInt(5000)), 1 + random.nextDouble() * 2, Duration.ofSeconds(30))
			.build();
	}

	private Decision activity() {
		int id = target();
		int attempt = driver.attempt(id).attempt() - ((random.nextInt(8) == 0) ? 1 : 0);
		return switch (random.nextInt(7)) {
			case 0 -> driver.startAttempt(id, attempt);
			case 1 -> driver.heartbeat(id, attempt, String.valueOf(random.nextInt(100)));
			case 2, 3 -> driver.fail(id, attempt, failure());
			case 4 -> driver.complete(id, attempt);
			case 5 -> neighbour();
			default -> driver.startAttempt(id, attempt);
		};
	}

	private int target() {
		List<Integer> pending = List.copyOf(driver.state().activities().keySet());
		return (pending.isEmpty() || random.nextInt(10) == 0) ? 1 + random.nextInt(lastTarget + 1)
				: pending.get(random.nextInt(pending.size()));
	}

	private Failure failure() {
		return switch (random.nextInt(6)) {
			case 0 -> RunDriver.FATAL;
			case 1 -> new Failure.Timeout(TimeoutType.START_TO_CLOSE, "Too slow", null, null);
			case 2 -> new Failure.Timeout(TimeoutType.HEARTBEAT, "Silent", Payload.json("7"), null);
			case 3 -> new Failure.Application("Busy", null, null, false, Duration.ofSeconds(random.nextInt(3)), null,
					RunDriver.BOOM);
			case 4 -> new Failure.WorkerLost("gone");
			default -> RunDriver.BOOM;
		};
	}

}
