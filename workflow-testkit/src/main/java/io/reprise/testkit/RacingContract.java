package io.reprise.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoreException;
import io.reprise.spi.StoreException.Outcome;
import io.reprise.spi.StoredTransition;
import io.reprise.spi.WriteOutcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link HistoryStore} promises to threads that race.
 */
interface RacingContract extends StoreUnderTest {

	@Test
	default void shouldLetOneWriterWinEachVersion() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);
		try (Racers racers = new Racers()) {
			for (int round = 0; round < 25; round++) {
				long version = run.version();
				List<RunWrite> writes = new ArrayList<>();
				for (int i = 0; i < Racers.COUNT; i++) {
					byte[] body = RunBuilder.bytes("event " + (version + 1) + " of " + i);
					writes.add(new RunWrite(run.atVersion(version + 1).owner("node-" + i).record(), version,
							new StoredTransition(version + 1, body), null));
				}

				List<WriteOutcome> outcomes = racers.race(i -> () -> attempt(writes.get(i)));

				assertThat(outcomes).containsOnlyOnce(WriteOutcome.WRITTEN)
					.containsOnly(WriteOutcome.WRITTEN, WriteOutcome.LOST_RACE);
				RunWrite winner = writes.get(outcomes.indexOf(WriteOutcome.WRITTEN));
				assertStored(winner.record());
				assertThat(store().history(run.runId(), version + 1)).singleElement()
					.usingRecursiveComparison()
					.isEqualTo(winner.appended());
			}
		}
	}

	@Test
	default void shouldLetOneCreatorWinEachWorkflowId() {
		try (Racers racers = new Racers()) {
			for (int round = 0; round < 10; round++) {
				String workflowId = "order-" + round;
				List<RunWrite> creations = new ArrayList<>();
				for (int i = 0; i < Racers.COUNT; i++) {
					creations.add(RunBuilder.of(workflowId).creation());
				}

				List<WriteOutcome> outcomes = racers.race(i -> () -> attempt(creations.get(i)));

				assertThat(outcomes).containsOnlyOnce(WriteOutcome.WRITTEN)
					.containsOnly(WriteOutcome.WRITTEN, WriteOutcome.OPEN_RUN_EXISTS);
				for (int i = 0; i < Racers.COUNT; i++) {
					assertThat(store().find(creations.get(i).record().key().runId()).isPresent())
						.isEqualTo(outcomes.get(i) == WriteOutcome.WRITTEN);
				}
			}
		}
	}

	@Test
	default void shouldLetBatchesCrossEachOther() {
		List<RunBuilder> runs = new ArrayList<>();
		for (int i = 0; i < 12; i++) {
			RunBuilder run = RunBuilder.of("order-" + i);
			create(run);
			runs.add(run);
		}
		try (Racers racers = new Racers()) {
			for (int round = 0; round < 10; round++) {
				List<RunWrite> writes = runs.stream().map(RunBuilder::next).toList();

				List<List<WriteOutcome>> outcomes = racers.race(i -> () -> commitRotated(writes, i));

				for (int run = 0; run < writes.size(); run++) {
					int index = run;
					assertThat(outcomes).extracting(all -> all.get(index))
						.containsOnlyOnce(WriteOutcome.WRITTEN)
						.containsOnly(WriteOutcome.WRITTEN, WriteOutcome.LOST_RACE);
				}
			}
		}
		runs.forEach(run -> assertThat(store().history(run.runId(), 1)).hasSize(11));
	}

	@Test
	default void shouldPassAWorkflowIdOnWithoutAGap() {
		RunBuilder[] current = { RunBuilder.of("order-1") };
		create(current);
		try (Racers racers = new Racers()) {
			for (int round = 0; round < 10; round++) {
				RunBuilder next = RunBuilder.of("order-1");
				List<RunWrite> handOver = List
					.of(current[0].closed(WorkflowStatus.CONTINUED_AS_NEW, RunBuilder.EPOCH).next(), next.creation());
				RunWrite intruder = RunBuilder.of("order-1").creation();

				List<List<WriteOutcome>> outcomes = racers
					.race(i -> () -> (i == 0) ? store().commit(handOver) : store().commit(List.of(intruder)));

				assertThat(outcomes.getFirst()).containsOnly(WriteOutcome.WRITTEN);
				assertThat(outcomes.subList(1, Racers.COUNT))
					.allSatisfy(outcome -> assertThat(outcome).containsExactly(WriteOutcome.OPEN_RUN_EXISTS));
				current[0] = next;
			}
		}
		assertThat(store().findLatest(ExecutionKey.DEFAULT_NAMESPACE, "order-1")).get()
			.satisfies(found -> assertThat(found.key()).isEqualTo(current[0].key()));
	}

	@Test
	default void shouldShowReadersWholeTransitionsOnly() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);
		try (Racers racers = new Racers()) {
			racers.race(i -> () -> {
				for (int round = 0; round < 20; round++) {
					if (i == 0) {
						write(run.next());
					}
					else {
						assertWhole(run.runId());
					}
				}
				return true;
			});
		}
	}

	@Test
	default void shouldKeepOneOfManyEqualOffers() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);
		Set<String> requests = ConcurrentHashMap.newKeySet();
		try (Racers racers = new Racers()) {
			racers.race(i -> () -> {
				for (int request = 0; request < 10; request++) {
					store().offer(new InboxEntry(run.key(), "request-" + request, RunBuilder.bytes("body")));
					requests.add("request-" + request);
				}
				return true;
			});
		}

		assertThat(store().inbox("node-1", 100)).extracting(InboxEntry::requestId)
			.containsExactlyInAnyOrderElementsOf(requests);
	}

	@Test
	default void shouldCloseNoRunOnACommandThatWasLeft() {
		for (int round = 0; round < 20; round++) {
			RunBuilder run = RunBuilder.of("order-" + round);
			create(run);
			RunWrite closing = run.closed(WorkflowStatus.COMPLETED, RunBuilder.EPOCH).next();
			RunWrite unaware = new RunWrite(closing.record(), closing.expectedVersion(), closing.appended(), null, 0);
			try (Racers racers = new Racers()) {
				List<Boolean> successes = racers.race(i -> () -> (i == 0) ? attempt(unaware) == WriteOutcome.WRITTEN
						: store().offer(new InboxEntry(run.key(), "request-" + i, RunBuilder.bytes("body"))));
				boolean left = successes.subList(1, successes.size()).contains(true);
				assertThat(successes.getFirst()).isEqualTo(!left);
			}
		}
	}

	@Test
	default void shouldServeVirtualThreads() {
		List<RunBuilder> runs = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			runs.add(RunBuilder.of("order-" + i));
		}
		List<Future<?>> done = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			runs.forEach(run -> done.add(threads.submit(() -> {
				create(run);
				write(run.next());
			})));
		}

		assertThat(done).allSatisfy(future -> assertThat(future.state()).isEqualTo(Future.State.SUCCESS));
		assertThat(store().load(runs.stream().map(RunBuilder::runId).toList())).hasSize(100)
			.allSatisfy(run -> assertThat(run.tail()).hasSize(2));
	}

	@Test
	default void shouldSurviveCallersThatAreInterrupted() throws InterruptedException {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);
		AtomicReference<Throwable> failure = new AtomicReference<>();
		AtomicInteger written = new AtomicInteger(1);
		Thread caller = Thread.ofPlatform().uncaughtExceptionHandler((thread, ex) -> failure.set(ex)).start(() -> {
			while (written.get() < 30) {
				if (attemptUnderFire(run)) {
					written.incrementAndGet();
				}
			}
		});
		while (!caller.join(Duration.ofMillis(1))) {
			caller.interrupt();
		}

		assertThat(failure.get()).isNull();
		assertStored(run.record());
		assertThat(store().history(run.runId(), 1)).hasSize((int) run.version());
	}

	/** Tries one write, and finds out what became of it if the store does not know. */
	private boolean attemptUnderFire(RunBuilder run) {
		RunWrite write = run.next();
		try {
			return attempt(write) == WriteOutcome.WRITTEN;
		}
		catch (StoreException ex) {
			assertThat(ex.outcome()).isNotEqualTo(Outcome.REFUSED);
			boolean isWritten = versionUnderFire(run.runId()) == write.record().version();
			assertThat(isWritten && ex.outcome() == Outcome.NOTHING_WRITTEN).isFalse();
			if (!isWritten) {
				run.undo();
			}
			return isWritten;
		}
	}

	private long versionUnderFire(String runId) {
		while (true) {
			try {
				Thread.interrupted();
				return store().find(runId).orElseThrow().version();
			}
			catch (StoreException ex) {
				assertThat(ex.outcome()).isNotEqualTo(Outcome.REFUSED);
			}
		}
	}

	private void assertWhole(String runId) {
		assertThat(store().load(List.of(runId))).singleElement().satisfies(loaded -> {
			assertThat(loaded.record().historyEvents()).isEqualTo(loaded.record().version());
			assertThat(loaded.tail()).hasSize((int) loaded.record().historyEvents());
		});
	}

	/** Commits in an order of its own, and answers in that of the writes. */
	private List<WriteOutcome> commitRotated(List<RunWrite> writes, int by) {
		List<RunWrite> rotated = new ArrayList<>(writes);
		Collections.rotate(rotated, by);
		if (by % 2 == 1) {
			Collections.reverse(rotated);
		}
		List<WriteOutcome> outcomes = new ArrayList<>(store().commit(rotated));
		if (by % 2 == 1) {
			Collections.reverse(outcomes);
		}
		Collections.rotate(outcomes, -by);
		return outcomes;
	}

}
