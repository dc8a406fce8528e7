package io.reprise.replay;

import java.time.Duration;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.Workflows;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changing code while runs are open.
 */
class PatchTests {

	private static final TestCode OLD = TestCode.run(flow -> {
		flow.log(Acts.call("A.a"));
		flow.log(Acts.call("A.b"));
		return "old";
	});

	private static final TestCode PATCHED = TestCode.run(flow -> {
		if (Workflows.patched("sleep-first")) {
			Workflows.sleep(Duration.ofSeconds(1));
		}
		flow.log(Acts.call("A.a"));
		if (!Workflows.patched("sleep-first")) {
			flow.log(Acts.call("A.b"));
		}
		return "patched";
	});

	@Test
	void shouldTakeThePatchInNewRunsAndRecordItOnce() {
		try (TestRun run = new TestRun(PATCHED)) {
			run.engine.start();
			assertThat(run.commands()).extracting(CommandWords::of)
				.containsExactly("takes patch 'sleep-first'", "starts a timer (1)");
			run.engine.fire(1);
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("schedules activity A.a (2)");
			run.engine.complete(2, "a");
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("returns");
		}
	}

	@Test
	void shouldKeepTheOldPathInOpenRunsAndSayItInTheNextMarkerOnce() {
		TestRun old = TestRun.started(OLD);
		try (TestRun run = old.deployed(PATCHED)) {
			run.engine.complete(1, "a");
			TurnResult.Completed turn = run.turn();
			assertThat(turn.unpatched()).containsExactly("sleep-first");
			assertThat(turn.commands()).extracting(CommandWords::of).containsExactly("schedules activity A.b (2)");
			run.engine.complete(2, "b");
			assertThat(run.turn().unpatched()).isEmpty();
		}
	}

	@Test
	void shouldTakeAPatchThatIsMetFirstAfterReplay() {
		TestRun old = TestRun.started(OLD);
		TestCode patchedLater = TestCode.run(flow -> {
			flow.log(Acts.call("A.a"));
			if (!Workflows.patched("without-b")) {
				flow.log(Acts.call("A.b"));
			}
			return "new";
		});
		try (TestRun run = old.deployed(patchedLater)) {
			run.engine.complete(1, "a");
			TurnResult.Completed turn = run.turn();
			assertThat(turn.unpatched()).isEmpty();
			assertThat(turn.commands()).extracting(CommandWords::of)
				.containsExactly("takes patch 'without-b'", "returns");
		}
	}

	@Test
	void shouldGiveOneAnswerForTheWholeRunInLoops() {
		TestCode before = TestCode.run(flow -> {
			for (int i = 0; i < 4; i++) {
				flow.log(Acts.call("A.a"));
			}
			return null;
		});
		TestCode after = TestCode.run(flow -> {
			for (int i = 0; i < 4; i++) {
				flow.log(Acts.call(Workflows.patched("p") ? "A.new" : "A.a"));
			}
			return null;
		});
		TestRun old = TestRun.started(before);
		old.engine.complete(1, 1);
		old.turn();
		try (TestRun run = old.deployed(after)) {
			for (int i = 2; i <= 4; i++) {
				run.engine.complete(i, i);
				run.turn();
			}
			assertThat(run.engine.closed).isTrue();
		}
	}

	@Test
	void shouldTakeTheRecordedNoAfterTheCallMovedPastReplay() {
		TestRun old = TestRun.started(OLD);
		TestRun patched = old.deployed(PATCHED);
		patched.engine.complete(1, "a");
		patched.turn();
		// Without the recorded no, this first call after replay would be answered with
		// yes.
		TestCode moved = TestCode.run(flow -> {
			flow.log(Acts.call("A.a"));
			flow.log(Acts.call("A.b"));
			flow.log(Workflows.patched("sleep-first"));
			return null;
		});
		try (TestRun run = patched.deployed(moved)) {
			run.engine.complete(2, "b");
			assertThat(run.commands()).extracting(CommandWords::of).containsExactly("returns");
			assertThat(run.state()).startsWith("[a, b, false]");
		}
	}

	@Test
	void shouldReplayARunThatTookThePatchWithTheCallMovedOrRemoved() {
		TestCode before = TestCode.run(flow -> {
			Acts.start("A.a");
			Workflows.patched("p");
			return Acts.call("A.b");
		});
		TestCode moved = TestCode.run(flow -> {
			Workflows.patched("p");
			Acts.start("A.a");
			return Acts.call("A.b");
		});
		TestCode removed = TestCode.run(flow -> {
			Acts.start("A.a");
			return Acts.call("A.b");
		});
		try (TestRun run = TestRun.started(before)) {
			assertThat(run.replayWith(moved)).isNull();
			assertThat(run.replayWith(removed)).isNull();
		}
	}

	@Test
	void shouldReplayWithADeprecatedPatch() {
		TestCode deprecated = TestCode.run(flow -> {
			Workflows.deprecatePatch("sleep-first");
			Workflows.sleep(Duration.ofSeconds(1));
			flow.log(Acts.call("A.a"));
			return "patched";
		});
		try (TestRun run = new TestRun(deprecated)) {
			run.engine.start();
			assertThat(run.commands()).extracting(CommandWords::of)
				.containsExactly("takes patch 'sleep-first'", "starts a timer (1)");
			run.engine.fire(1);
			run.turn();
			assertThat(run.replayWith(PATCHED)).isNull();
		}
	}

	@Test
	void shouldReportARunThatNeedsTheOldPathOfADeprecatedPatch() {
		TestCode deprecated = TestCode.run(flow -> {
			try {
				Workflows.deprecatePatch("sleep-first");
			}
			catch (Throwable ex) {
				flow.log("swallowed");
			}
			return Acts.call("A.a");
		});
		try (TestRun run = TestRun.started(OLD)) {
			TurnResult.Bug bug = run.replayWith(deprecated);
			assertThat(bug.code()).isEqualTo(ErrorCode.NON_DETERMINISM);
			assertThat(bug.message()).startsWith(
					"Expected all open runs to have taken patch 'sleep-first', but order-1 (run run-1) began before it")
				.contains("former code");
		}
	}

	@Test
	void shouldReportSeveralPatchesNotTakenInTheOrderFound() {
		TestCode twice = TestCode.run(flow -> {
			Workflows.patched("z");
			Workflows.patched("a");
			flow.log(Acts.call("A.a"));
			flow.log(Acts.call("A.b"));
			return null;
		});
		TestRun old = TestRun.started(OLD);
		try (TestRun run = old.deployed(twice)) {
			run.engine.complete(1, "a");
			assertThat(run.turn().unpatched()).containsExactly("z", "a");
		}
	}

	@Test
	void shouldAnswerAQueryOnlyFromKnownPatches() {
		TestCode code = TestCode.run(flow -> {
			Workflows.patched("known");
			return Acts.call("A.a");
		})
			.query("known", (flow, argument) -> Workflows.patched("known"))
			.query("unknown", (flow, argument) -> Workflows.patched("unknown"));
		try (TestRun run = TestRun.started(code)) {
			assertThat(run.query("known")).isEqualTo(true);
			assertThat(QueryTests.refusal(() -> run.query("unknown")).code()).isEqualTo(ErrorCode.QUERY_NOT_READ_ONLY);
			run.engine.complete(1, 1);
			assertThat(run.commands()).extracting(TurnCommand::getClass)
				.isEqualTo(List.of(TurnCommand.CompleteWorkflow.class));
		}
	}

}
