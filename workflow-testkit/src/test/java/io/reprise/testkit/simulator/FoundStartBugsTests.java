package io.reprise.testkit.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.reprise.ErrorCode;
import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.engine.Engine;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.WorkflowTask;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunWrite;
import io.reprise.spi.TurnAhead;
import io.reprise.spi.WriteOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the simulator found about starts, told plainly.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FoundStartBugsTests extends FoundBugsScene {

	@Test
	void shouldAnswerTheLastTurnOfARunWhoseStartComesAgainInTheSameBatch() {
		Busy busy = new Busy(store);
		Engine engine = engine("a", busy, dispatched);
		engine.submit(start("run-1", IdConflictPolicy.FAIL)).join();
		WorkflowTask task = dispatched.next();
		busy.begin(engine);

		var closing = engine.submit(turn(task, List.of(new TurnCommand.CompleteWorkflow(Payload.NULL))));
		var again = engine.submit(start("run-1", IdConflictPolicy.FAIL));
		busy.end();

		assertThat(closing.join()).isInstanceOf(CommandResult.Accepted.class);
		assertThat(again.join()).isEqualTo(new CommandResult.Duplicate(RUN));
	}

	@Test
	void shouldStartNoRunThatEndsAtOnceWhileAnotherNodeHasOneOpen() {
		engine("a", store, dispatched).submit(start("run-1", IdConflictPolicy.FAIL)).join();
		Engine other = engine("b", store, new Dispatched() {

			@Override
			public boolean dispatchAhead(WorkflowTask task, TurnAhead ahead) {
				ahead.submit(turn(task, List.of(new TurnCommand.CompleteWorkflow(Payload.NULL))));
				return true;
			}

		});

		CommandResult refused = other.submit(start("run-2", IdConflictPolicy.FAIL)).join();
		CommandResult existing = other.submit(start("run-3", IdConflictPolicy.USE_EXISTING)).join();

		assertThat(refused).isInstanceOfSatisfying(CommandResult.Rejected.class,
				(rejected) -> assertThat(rejected.code()).isEqualTo(ErrorCode.WORKFLOW_ALREADY_STARTED));
		assertThat(existing).isEqualTo(new CommandResult.Accepted(RUN, 1));
		assertThat(store.find("run-2")).isEmpty();
		assertThat(store.find("run-3")).isEmpty();
	}

	@Test
	void shouldStartOnceThoughTheRunOfTheSameRequestHasBegunAndEndedMeanwhile() {
		Engine other = engine("b", store, dispatched);
		AtomicBoolean frozen = new AtomicBoolean(true);
		Engine engine = engine("a", new ForwardingStore(store) {

			@Override
			public List<WriteOutcome> commit(List<RunWrite> writes) {
				if (frozen.getAndSet(false)) {
					runToItsEnd(other, requested("run-2"));
				}
				return super.commit(writes);
			}

		}, new Dispatched());

		CommandResult result = engine.submit(requested("run-1")).join();

		assertThat(result).isEqualTo(new CommandResult.Duplicate(run("run-2")));
		assertThat(store.find("run-1")).isEmpty();
	}

	@Test
	void shouldNotStartInPlaceOfARunOfTheSameBatchThatIsNotCreated() {
		Engine other = engine("b", store, dispatched);
		runToItsEnd(other, start("run-1", IdConflictPolicy.FAIL));
		clock.advance(Duration.ofSeconds(1));
		runToItsEnd(other, requested("run-2"));
		Busy busy = new Busy(store);
		Engine engine = engine("a", busy, new Dispatched());
		busy.begin(engine);

		var first = engine.submit(start("run-1", IdConflictPolicy.FAIL));
		var second = engine.submit(requested("run-3", IdReusePolicy.ALLOW_DUPLICATE));
		busy.end();

		assertThat(first.join()).isEqualTo(new CommandResult.Duplicate(RUN));
		assertThat(second.join()).isEqualTo(new CommandResult.Duplicate(run("run-2")));
		assertThat(store.find("run-3")).isEmpty();
	}

	@Test
	void shouldNotEndARunInFavourOfAStartThatComesAgain() {
		Engine engine = engine("a", store, dispatched);
		Command first = start("run-1", IdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY, IdConflictPolicy.TERMINATE_EXISTING);
		engine.submit(first).join();
		engine.submit(new Command.TerminateWorkflow(LATEST, "no longer needed", "t")).join();
		clock.advance(Duration.ofSeconds(1));
		engine.submit(start("run-2", IdConflictPolicy.FAIL)).join();

		CommandResult again = engine.submit(first).join();

		assertThat(again).isEqualTo(new CommandResult.Duplicate(RUN));
		assertThat(store.find("run-2")).hasValueSatisfying(run -> assertThat(run.status().isClosed()).isFalse());
	}

	@Test
	void shouldMindHowARunEndedThatWasOpenWhenItWasLookedUp() {
		Engine other = engine("b", store, dispatched);
		other.submit(start("run-1", IdConflictPolicy.FAIL)).join();
		AtomicBoolean slow = new AtomicBoolean(true);
		Engine engine = engine("a", new ForwardingStore(store) {

			@Override
			public Optional<RunRecord> findLatest(String namespace, String workflowId) {
				Optional<RunRecord> latest = super.findLatest(namespace, workflowId);
				if (slow.getAndSet(false)) {
					complete(other);
				}
				return latest;
			}

		}, new Dispatched());

		CommandResult result = engine.submit(requested("run-2", IdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY)).join();

		assertThat(result).isInstanceOfSatisfying(CommandResult.Rejected.class,
				rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.WORKFLOW_ALREADY_STARTED));
		assertThat(store.find("run-2")).isEmpty();
	}

	@Test
	void shouldBeginAfterARunThatBeganWhileTheLatestWasLookedUp() {
		Engine other = engine("b", store, dispatched);
		Engine engine = engine("a", new ForwardingStore(store) {

			@Override
			public Optional<RunRecord> findLatest(String namespace, String workflowId) {
				clock.advance(Duration.ofSeconds(1));
				runToItsEnd(other, start("run-1", IdConflictPolicy.FAIL));
				return super.findLatest(namespace, workflowId);
			}

		}, new Dispatched());

		engine.submit(requested("run-0")).join();
		engine.submit(new Command.TerminateWorkflow(run("run-0"), "no longer needed", "t")).join();

		assertThat(store.findLatest(RUN.namespace(), RUN.workflowId()))
			.hasValueSatisfying(latest -> assertThat(latest.key()).isEqualTo(run("run-0")));
	}

	@Test
	void shouldGoOnWithARunWhoseClientWasToldThatItsStartMayNotHaveTakenEffect() {
		Engine engine = engine("a", store, dispatched);
		store.failNextAfterWriting();
		var answer = engine.submit(start("run-1", IdConflictPolicy.FAIL));
		store.setDown(true);

		letTimePassUntil(answer::isDone);
		store.setDown(false);
		letTimePassUntil(engine::isIdle);

		assertThat(answer).isCompletedExceptionally();
		assertThat(dispatched.next().key()).isEqualTo(RUN);
	}

	@Test
	void shouldRecogniseAStartWhoseRunIsNoLongerTheLatest() {
		Engine engine = engine("a", store, dispatched);
		engine.submit(start("run-1", IdConflictPolicy.FAIL)).join();
		engine.submit(start("run-2", IdConflictPolicy.TERMINATE_EXISTING)).join();
		engine.submit(new Command.TerminateWorkflow(LATEST, "no longer needed", "t")).join();

		CommandResult result = engine.submit(start("run-1", IdConflictPolicy.FAIL)).join();

		assertThat(result).isEqualTo(new CommandResult.Duplicate(RUN));
	}

}
