package io.reprise.jpa;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.reprise.ErrorCode;
import io.reprise.WorkflowStatus;
import io.reprise.spi.RunRecord;
import io.reprise.spi.RunRecord.StallRecord;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoreException;
import io.reprise.spi.StoredRun;
import io.reprise.spi.StoredTransition;
import io.reprise.spi.WriteOutcome;
import org.junit.jupiter.api.Test;

import static io.reprise.spi.WriteOutcome.LOST_RACE;
import static io.reprise.spi.WriteOutcome.OPEN_RUN_EXISTS;
import static io.reprise.spi.WriteOutcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a store does with runs, on every database. */
abstract class StoreBehaviour extends AbstractStoreTests {

	private static final RunRecord.StallRecord STALL = new StallRecord(ErrorCode.NON_DETERMINISM, "went elsewhere",
			Writes.START, 3, "build-7");

	@Test
	void shouldKeepEverythingOfARecord() {
		Writes run = Writes.of("everything").owner("node-1").due(Writes.START.plusSeconds(5)).stall(STALL);
		run.overlay(new byte[] { 0, 1, -1 });

		assertThat(store.commit(List.of(run.next()))).containsExactly(WRITTEN);

		RunRecord found = store.find(run.runId()).orElseThrow();
		assertThat(found).usingRecursiveComparison().isEqualTo(run.record());
		assertThat(found.overlay()).containsExactly(0, 1, -1);
	}

	@Test
	void shouldKeepBytesOfHistoryExactly() {
		byte[] all = new byte[256];
		for (int i = 0; i < all.length; i++) {
			all[i] = (byte) i;
		}
		Writes run = Writes.of("bytes");

		store.commit(List.of(run.next(all, false)));

		assertThat(store.history(run.runId(), 1)).singleElement().satisfies(row -> {
			assertThat(row.firstEventId()).isEqualTo(1);
			assertThat(row.body()).containsExactly(all);
		});
	}

	@Test
	void shouldKeepBodiesOfSeveralMegabytes() {
		byte[] large = new byte[5_000_000];
		Arrays.fill(large, (byte) 'x');
		large[4_999_999] = 'y';
		Writes alone = Writes.of("large-alone");
		Writes together = Writes.of("large-together");

		store.commit(List.of(alone.next(large, false)));
		store.commit(List.of(together.next(large, true), Writes.of("beside").next()));

		assertThat(store.history(alone.runId(), 1).getFirst().body()).isEqualTo(large);
		assertThat(store.history(together.runId(), 1).getFirst().body()).isEqualTo(large);
	}

	@Test
	void shouldLetOneOfTwoStoresWinAVersion() {
		Writes run = Writes.of("version-race");
		store.commit(List.of(run.next()));
		RunWrite first = run.next("first");
		RunWrite second = new RunWrite(first.record(), first.expectedVersion(),
				new StoredTransition(first.appended().firstEventId(), "second".getBytes(StandardCharsets.UTF_8)), null);

		try (JpaPersistence other = newPersistence()) {
			assertThat(store.commit(List.of(first))).containsExactly(WRITTEN);
			assertThat(other.historyStore().commit(List.of(second))).containsExactly(LOST_RACE);
			assertThat(other.historyStore().commit(List.of(second, Writes.of("version-race-beside").next())))
				.containsExactly(LOST_RACE, WRITTEN);
		}
		assertThat(bodies(run.runId())).endsWith("first").doesNotContain("second");
	}

	@Test
	void shouldLetOneOfManyWinAtTheSameTime() throws Exception {
		Writes run = Writes.of("crowd");
		store.commit(List.of(run.next()));
		RunWrite write = run.next("won");
		List<Callable<List<WriteOutcome>>> tasks = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			RunWrite beside = Writes.of("crowd-beside-" + i).next();
			tasks.add((i % 2 == 0) ? () -> store.commit(List.of(write)) : () -> store.commit(List.of(write, beside)));
		}

		List<WriteOutcome> outcomes = together(tasks).stream().map(List::getFirst).toList();

		assertThat(outcomes).containsOnlyOnce(WRITTEN).contains(LOST_RACE);
		assertThat(bodies(run.runId())).containsOnlyOnce("won");
	}

	@Test
	void shouldOpenOneRunOfAWorkflowIdOnly() throws Exception {
		List<Callable<List<WriteOutcome>>> tasks = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			RunWrite creation = Writes.of("one-open").next();
			RunWrite beside = Writes.of("one-open-beside-" + i).next();
			tasks.add((i % 2 == 0) ? () -> store.commit(List.of(creation))
					: () -> store.commit(List.of(creation, beside)));
		}

		List<WriteOutcome> outcomes = together(tasks).stream().map(List::getFirst).toList();

		assertThat(outcomes).containsOnlyOnce(WRITTEN);
		assertThat(Collections.frequency(outcomes, OPEN_RUN_EXISTS)).isEqualTo(5);
	}

	@Test
	void shouldTellARunThatExistsFromAWorkflowIdThatIsTaken() {
		Writes run = Writes.of("twice");
		RunWrite creation = run.next();
		RunWrite rival = Writes.of("twice").next();
		store.commit(List.of(creation));

		assertThat(store.commit(List.of(creation))).containsExactly(LOST_RACE);
		assertThat(store.commit(List.of(rival))).containsExactly(OPEN_RUN_EXISTS);
		assertThat(store.commit(List.of(creation, rival))).containsExactly(LOST_RACE, OPEN_RUN_EXISTS);
		assertThat(store.history(rival.record().key().runId(), 1)).isEmpty();
	}

	@Test
	void shouldKeepNamespacesApart() {
		Writes one = Writes.of("red", "same-id", UUID.randomUUID().toString());
		Writes other = Writes.of("blue", "same-id", UUID.randomUUID().toString());

		assertThat(store.commit(List.of(one.next()))).containsExactly(WRITTEN);
		assertThat(store.commit(List.of(other.next()))).containsExactly(WRITTEN);

		assertThat(store.findLatest("red", "same-id").orElseThrow().key()).isEqualTo(one.key());
		assertThat(store.findLatest("green", "same-id")).isEmpty();
	}

	@Test
	void shouldCloseARunAndOpenItsSuccessorInOneCommit() {
		Writes before = Writes.of("chain");
		Writes after = Writes.of("chain");
		store.commit(List.of(before.next()));
		RunWrite creation = after.next();
		RunWrite close = before.close(WorkflowStatus.CONTINUED_AS_NEW, Writes.START.plusSeconds(1)).next();

		assertThat(store.commit(List.of(creation, close))).containsExactly(WRITTEN, WRITTEN);

		assertThat(store.findLatest("default", "chain").orElseThrow().key()).isEqualTo(after.key());
	}

	@Test
	void shouldNotOpenASuccessorOfARunThatOthersClosed() {
		Writes before = Writes.of("broken-chain");
		store.commit(List.of(before.next()));
		RunRecord seen = before.record();
		RunWrite terminate = before.close(WorkflowStatus.TERMINATED, Writes.START.plusSeconds(1)).next();
		store.commit(List.of(terminate));
		RunWrite late = new RunWrite(terminate.record(), seen.version(), terminate.appended(), null);

		List<WriteOutcome> outcomes = store.commit(List.of(late, Writes.of("broken-chain").next()));

		assertThat(outcomes).containsExactly(LOST_RACE, OPEN_RUN_EXISTS);
		assertThat(store.findLatest("default", "broken-chain").orElseThrow().status())
			.isEqualTo(WorkflowStatus.TERMINATED);
	}

	@Test
	void shouldWriteAHundredRunsAroundTheLosers() {
		List<Writes> runs = new ArrayList<>();
		List<RunWrite> creations = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			runs.add(Writes.of("hundred-" + i));
			creations.add(runs.get(i).next());
		}
		assertThat(store.commit(creations)).containsOnly(WRITTEN);
		List<RunWrite> updates = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			RunWrite write = runs.get(i).next(("body " + i).getBytes(StandardCharsets.UTF_8), i % 3 == 0);
			updates.add((i % 10 != 5) ? write : new RunWrite(write.record(), 17, write.appended(), write.snapshot()));
		}

		List<WriteOutcome> outcomes = store.commit(updates);

		for (int i = 0; i < 100; i++) {
			assertThat(outcomes.get(i)).isEqualTo((i % 10 == 5) ? LOST_RACE : WRITTEN);
			assertThat(store.history(runs.get(i).runId(), 3)).hasSize((i % 10 == 5) ? 0 : 1);
		}
		assertThat(store.load(runs.stream().map(Writes::runId).toList())).hasSize(100);
	}

	@Test
	void shouldLoadSnapshotsWithTheirTails() {
		Writes with = Writes.of("with-snapshot");
		Writes without = Writes.of("without-snapshot");
		store.commit(List.of(with.next(), without.next()));
		store.commit(List.of(with.next("2".getBytes(StandardCharsets.UTF_8), true)));
		store.commit(List.of(with.next("3".getBytes(StandardCharsets.UTF_8), true), without.next("2")));
		store.commit(List.of(with.next("4")));

		List<StoredRun> runs = store.load(List.of(with.runId(), "no such run", without.runId(), with.runId()));

		assertThat(runs).hasSize(2);
		StoredRun loaded = byId(runs, with.runId());
		assertThat(loaded.snapshot().lastEventId()).isEqualTo(6);
		assertThat(loaded.snapshot().body()).asString().isEqualTo("state at 6");
		assertThat(loaded.tail()).extracting(StoredTransition::firstEventId).containsExactly(7L);
		assertThat(loaded.record().version()).isEqualTo(4);
		assertThat(byId(runs, without.runId()).snapshot()).isNull();
		assertThat(byId(runs, without.runId()).tail()).extracting(StoredTransition::firstEventId)
			.containsExactly(1L, 3L);
		assertThat(store.load(List.of())).isEmpty();
	}

	@Test
	void shouldLoadOneStateWhileOthersWrite() throws Exception {
		Writes run = Writes.of("torn");
		store.commit(List.of(run.next()));
		try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
			Future<?> writer = executor.submit(() -> {
				for (int i = 0; i < 200; i++) {
					store.commit(List.of(run.next(new byte[10], i % 2 == 0)));
				}
			});
			while (!writer.isDone()) {
				StoredRun loaded = store.load(List.of(run.runId())).getFirst();
				long folded = (loaded.snapshot() != null) ? loaded.snapshot().lastEventId() : 0;
				assertThat(folded + 2L * loaded.tail().size()).isEqualTo(loaded.record().historyEvents());
			}
			writer.get();
		}
	}

	@Test
	void shouldChangeARecordWithoutHistory() {
		Writes run = Writes.of("no-history");
		store.commit(List.of(run.next()));

		assertThat(store.commit(List.of(run.due(Writes.START).nextWithoutHistory()))).containsExactly(WRITTEN);

		assertThat(store.find(run.runId()).orElseThrow().nextDueAt()).isEqualTo(Writes.START);
		assertThat(store.history(run.runId(), 1)).hasSize(1);
	}

	@Test
	void shouldRefuseWorkThatNoRetryWillSave() {
		Writes run = Writes.of("x".repeat(1_001));

		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.commit(List.of(run.next())))
			.satisfies(ex -> assertThat(ex.outcome()).isEqualTo(StoreException.Outcome.REFUSED));
		RunWrite beside = Writes.of("refused-beside").next();
		assertThatExceptionOfType(StoreException.class)
			.isThrownBy(() -> store.commit(List.of(beside, Writes.of("x".repeat(1_001)).next())))
			.satisfies(ex -> assertThat(ex.outcome()).isEqualTo(StoreException.Outcome.REFUSED));
		assertThat(store.find(beside.record().key().runId())).isEmpty();
	}

	@Test
	void shouldRefuseARowOfHistoryThatIsThere() {
		Writes run = Writes.of("same-row");
		store.commit(List.of(run.next()));
		RunWrite write = run.next();
		RunWrite clash = new RunWrite(write.record(), 1, new StoredTransition(1, new byte[1]), null);

		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.commit(List.of(clash)))
			.satisfies(ex -> assertThat(ex.outcome()).isEqualTo(StoreException.Outcome.REFUSED));

		assertThat(store.find(run.runId()).orElseThrow().version()).isEqualTo(1);
	}

	@Test
	void shouldRecordAStallWhateverItsMessageIs() {
		StallRecord stall = new StallRecord(ErrorCode.WORKFLOW_BUG, "nul \0 " + "long ".repeat(10_000), Writes.START, 1,
				"build");
		Writes run = Writes.of("nul").stall(stall);

		assertThat(store.commit(List.of(run.next()))).containsExactly(WRITTEN);

		assertThat(store.find(run.runId()).orElseThrow().stall().message()).startsWith("nul \uFFFD long").endsWith("…");
		assertThat(store.countStalled()).isPositive();
		store.commit(List.of(run.stall(null).next()));
		assertThat(store.find(run.runId()).orElseThrow().stall()).isNull();
	}

	@Test
	void shouldAcceptTimesOutOfAllBounds() {
		Writes run = Writes.of("for-ever").due(Instant.MAX);

		assertThat(store.commit(List.of(run.next()))).containsExactly(WRITTEN);

		assertThat(store.find(run.runId()).orElseThrow().nextDueAt()).isEqualTo("9999-12-31T00:00:00Z");
	}

	List<String> bodies(String runId) {
		return store.history(runId, 1).stream().map(row -> new String(row.body(), StandardCharsets.UTF_8)).toList();
	}

	private static StoredRun byId(List<StoredRun> runs, String runId) {
		return runs.stream().filter(run -> run.record().key().runId().equals(runId)).findFirst().orElseThrow();
	}

	static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(tasks.size());
		try (ExecutorService executor = Executors.newFixedThreadPool(tasks.size())) {
			List<Future<T>> futures = new ArrayList<>();
			for (Callable<T> task : tasks) {
				futures.add(executor.submit(() -> {
					barrier.await();
					return task.call();
				}));
			}
			List<T> results = new ArrayList<>();
			for (Future<T> future : futures) {
				results.add(future.get());
			}
			return results;
		}
	}

}
