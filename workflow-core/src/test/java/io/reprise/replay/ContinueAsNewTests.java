package io.reprise.replay;

import java.time.Duration;

import io.reprise.Workflows;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs that end by going on in another.
 */
class ContinueAsNewTests {

	@Test
	void shouldEndTheRunWhateverTheCodeMakesOfIt() {
		TestCode code = TestCode.run((flow) -> {
			try {
				Workflows.continueAsNew("again");
			}
			catch (Throwable ex) {
				flow.log("caught");
			}
			finally {
				try {
					Workflows.sleep(Duration.ofDays(1));
				}
				catch (Error ex) {
					flow.log("refused");
				}
			}
			throw new IllegalStateException("not an end");
		});
		try (TestRun run = TestRun.started(code)) {
			assertThat(run.engine.closed).isTrue();
			assertThat(run.state()).isEqualTo("[caught, refused] {}");
			assertThat(run.engine.history.getLast().event().toString()).contains("WorkflowContinuedAsNew");
		}
	}

	@Test
	void shouldLeaveMessagesThatItHasNotDeliveredToTheNextRun() {
		TestCode code = TestCode.run((flow) -> {
			Workflows.await(() -> flow.has("go"));
			return Workflows.continueAsNew(flow.log.size());
		}).signal("note", (flow, argument) -> {
			flow.log(argument);
			flow.vars.put("go", true);
		});
		try (TestRun run = TestRun.started(code)) {
			run.engine.signal("note", "one");
			long first = run.engine.history.size();
			run.engine.signal("note", "two");

			TurnCommand last = run.commands().getLast();

			assertThat(last).isEqualTo(new TurnCommand.ContinueAsNew("Test", TestCode.CONVERTER.toArguments(1), first));
			assertThat(run.state()).isEqualTo("[one] {go=true}");
		}
	}

	@Test
	void shouldContinueFromAHandlerOrAnotherThread() {
		TestCode code = TestCode.run((flow) -> {
			Workflows.asyncVoid(() -> {
				Workflows.await(() -> flow.has("go"));
				Workflows.continueAsNew("async");
			});
			Workflows.sleep(Duration.ofDays(1));
			return "not reached";
		}).signal("go", (flow, argument) -> flow.vars.put("go", true));
		try (TestRun run = TestRun.started(code)) {
			run.engine.signal("go");

			assertThat(run.commands().getLast()).isInstanceOf(TurnCommand.ContinueAsNew.class);
		}
	}

	@Test
	void shouldSayTheSameOfTheHistoryAtReplay() {
		TestCode code = TestCode.run((flow) -> {
			for (int i = 0; i < 3; i++) {
				Workflows.sleep(Duration.ofSeconds(1));
				flow.log(Workflows.info().historyEvents() + ":" + Workflows.info().historyBytes() + ":"
						+ Workflows.info().isContinueAsNewSuggested());
				flow.log(Workflows.sideEffect(String.class, () -> "x".repeat(1_000)).length());
			}
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			for (int timer = 1; timer <= 3; timer++) {
				run.engine.fire(timer);
				run.turn();
			}
			assertThat(run.state()).contains("4:", "false").doesNotContain("true");
		}
	}

}
