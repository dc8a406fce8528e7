package io.reprise.replay;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import io.reprise.protocol.Payload;
import io.reprise.protocol.WorkflowTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random workflows under random inputs: {@link TestRun} replays them on a cold machine
 * before every turn, and all machines must go on alike, to the same state.
 */
@Timeout(120)
class RandomProgramTests {

	private static final int PROGRAMS = Integer.getInteger("reprise.replay.programs", 150);

	private static final int TURNS = 14;

	@Test
	void shouldReplayRandomProgramsAfterEveryTurn() throws Exception {
		for (int seed = 0; seed < PROGRAMS; seed++) {
			check(seed);
		}
	}

	private static void check(long seed) throws Exception {
		// Machines hand the baton over far quicker between virtual threads.
		FutureTask<Void> run = new FutureTask<>(() -> live(seed), null);
		Thread.ofVirtual().start(run);
		try {
			run.get();
		}
		catch (ExecutionException ex) {
			throw new AssertionError("seed " + seed, ex.getCause());
		}
	}

	private static void live(long seed) {
		Random random = new Random(~seed);
		RandomProgram program = new RandomProgram(seed);
		int deployment = random.nextInt(2 * TURNS);
		TestRun run = new TestRun(program.code((deployment == 0) ? 2 : 1));
		run.engine.start();
		for (int turn = 0; turn < TURNS && !run.engine.closed; turn++) {
			if (turn == deployment && turn > 0) {
				run = run.deployed(program.code(2));
			}
			if (turn > 0 || random.nextInt(3) == 0) {
				inputs(run.engine, random);
			}
			if (run.engine.hasUnseen()) {
				WorkflowTask task = run.engine.task();
				if (random.nextInt(4) == 0) {
					inputs(run.engine, random);
				}
				run.turn(task);
			}
		}
		run.close();
	}

	private static void inputs(TestEngine engine, Random random) {
		int count = 1 + random.nextInt(3);
		engine.pass(Duration.ofMillis(random.nextInt(2000)));
		for (int i = 0; i < count; i++) {
			input(engine, random);
		}
	}

	private static void input(TestEngine engine, Random random) {
		switch (random.nextInt(12)) {
			case 0, 1 -> engine.signal("go", 1);
			case 2 -> engine.rawSignal("typed", Payload.json(random.nextBoolean() ? "[7]" : "[\"seven\"]"));
			case 3 -> engine.signal("unknown");
			case 4 -> {
				if (random.nextInt(4) == 0) {
					engine.cancel("chance");
				}
			}
			case 5, 6 -> {
				if (!engine.timers.isEmpty()) {
					engine.fire(pick(List.copyOf(engine.timers.keySet()), random));
				}
			}
			default -> {
				if (!engine.activities.isEmpty()) {
					int id = pick(List.copyOf(engine.activities.keySet()), random);
					switch (random.nextInt(5)) {
						case 0 -> engine.fail(id, "Declined");
						case 1 -> engine.timeOut(id);
						default -> engine.complete(id, "r" + id);
					}
				}
			}
		}
	}

	private static int pick(List<Integer> ids, Random random) {
		return ids.get(random.nextInt(ids.size()));
	}

}
