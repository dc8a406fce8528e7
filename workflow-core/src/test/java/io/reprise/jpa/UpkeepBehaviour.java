package io.reprise.jpa;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.reprise.WorkflowStatus;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.HistoryStore.DueRun;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.StoreException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a store does besides writing, on every database. */
abstract class UpkeepBehaviour extends AbstractStoreTests {

	@Test
	void shouldFindTheOpenRunElseTheNewest() {
		Writes first = Writes.of("latest").startTime(Writes.START.plusSeconds(100));
		store.commit(List.of(first.next()));
		store.commit(List.of(first.close(WorkflowStatus.COMPLETED, Writes.START.plusSeconds(101)).next()));
		Writes second = Writes.of("latest").startTime(Writes.START);
		store.commit(List.of(second.next()));

		assertThat(store.findLatest("default", "latest").orElseThrow().key()).isEqualTo(second.key());
		store.commit(List.of(second.close(WorkflowStatus.COMPLETED, Writes.START.plusSeconds(102)).next()));
		assertThat(store.findLatest("default", "latest").orElseThrow().key()).isEqualTo(first.key());
		assertThat(store.findLatest("default", "never seen")).isEmpty();
		assertThat(store.find("never seen")).isEmpty();
	}

	@Test
	void shouldFindWhatIsDueForANode() {
		Instant base = Instant.parse("2020-01-01T00:00:00Z");
		Writes mine = Writes.of("due-mine").owner("due-me").due(base.plusSeconds(2));
		Writes nobodys = Writes.of("due-nobodys").due(base.plusSeconds(1));
		Writes others = Writes.of("due-others").owner("due-other").due(base);
		Writes later = Writes.of("due-later").due(base.plusSeconds(10));
		Writes closed = Writes.of("due-closed").due(base);
		store.commit(List.of(mine.next(), nobodys.next(), others.next(), later.next(), closed.next()));
		store.commit(List.of(closed.close(WorkflowStatus.FAILED, base).due(base).next()));

		List<DueRun> due = store.due("due-me", List.of("Order"), base.plusSeconds(2), 10);

		assertThat(due).containsExactly(new DueRun(nobodys.key(), base.plusSeconds(1)),
				new DueRun(mine.key(), base.plusSeconds(2)));
		assertThat(store.due("due-me", List.of("Order"), base.plusSeconds(2), 1)).hasSize(1);
	}

	@Test
	void shouldKeepTheInboxInOrder() {
		Writes mine = Writes.of("inbox-mine").owner("inbox-me");
		Writes others = Writes.of("inbox-others").owner("inbox-other");
		Writes ending = Writes.of("inbox-ending").owner("inbox-me");
		store.commit(List.of(mine.next(), others.next(), ending.next()));
		InboxEntry one = entry(mine.key(), "1");
		InboxEntry two = entry(mine.key(), "2");
		InboxEntry three = entry(others.key(), "1");
		InboxEntry four = entry(ending.key(), "1");
		List.of(two, three, one, two, four).forEach(store::offer);
		store.commit(List.of(ending.close(WorkflowStatus.TERMINATED, Writes.START).next()));

		assertThat(inboxOf("inbox-me")).containsExactly(two.requestId(), one.requestId(), four.requestId());
		assertThat(store.inbox("inbox-me", 1)).hasSize(1);
		assertThat(inboxOf("inbox-other")).contains(three.requestId());

		store.removeFromInbox(List.of(two, four));
		store.removeFromInbox(List.of(two));
		store.removeFromInbox(List.of());
		assertThat(inboxOf("inbox-me")).containsExactly(one.requestId());
		assertThat(store.inbox("inbox-me", 10)).singleElement().satisfies(entry -> {
			assertThat(entry.key()).isEqualTo(mine.key());
			assertThat(entry.body()).asString().isEqualTo("body 1");
		});
		store.removeFromInbox(List.of(one, three));
	}

	private List<String> inboxOf(String node) {
		return store.inbox(node, 100).stream().map(InboxEntry::requestId).toList();
	}

	private static InboxEntry entry(ExecutionKey key, String id) {
		return new InboxEntry(key, key.workflowId() + id, ("body " + id).getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void shouldDeleteWhatClosedLongAgo() {
		Instant old = Instant.parse("2000-01-01T00:00:00Z");
		List<Writes> runs = new ArrayList<>();
		for (int i = 0; i < 120; i++) {
			Writes run = Writes.of("retention-" + i);
			runs.add(run);
			store.commit(List.of(run.next(new byte[1], true)));
			store.offer(entry(run.key(), "1"));
			store.commit(List.of(run.close(WorkflowStatus.COMPLETED, old.plusSeconds(i)).next()));
		}
		Writes open = Writes.of("retention-open");
		store.commit(List.of(open.next()));

		assertThat(store.deleteClosedBefore(old.plusSeconds(60), 10)).isEqualTo(10);
		assertThat(store.find(runs.get(9).runId())).isEmpty();
		assertThat(store.find(runs.get(10).runId())).isPresent();
		assertThat(store.deleteClosedBefore(old.plusSeconds(110), 1_000)).isEqualTo(100);
		assertThat(store.deleteClosedBefore(old.plusSeconds(110), 1_000)).isZero();

		assertThat(store.history(runs.get(109).runId(), 1)).isEmpty();
		assertThat(store.history(runs.get(110).runId(), 1)).isNotEmpty();
		assertThat(store.find(open.runId())).isPresent();
		assertThat(inboxOf("retention")).doesNotContain("retention-1091").contains("retention-1101");
	}

	@Test
	void shouldTellTheTime() {
		Instant one = store.now();
		Instant two = store.now();

		assertThat(two).isAfterOrEqualTo(one);
		assertThat(one.getNano() % 1_000).isZero();
		assertThat(one).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
	}

	@Test
	void shouldDoNothingForAnEmptyCommit() {
		assertThat(store.commit(List.of())).isEmpty();
	}

	@Test
	void shouldOpenTwice() {
		HistoryStore same = persistence.historyStore();

		same.open();

		assertThat(same.find("nothing")).isEmpty();
	}

	@Test
	void shouldSayThatItIsClosed() {
		JpaPersistence another = newPersistence();
		another.close();

		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> another.historyStore().find("x"))
			.withMessageContaining("closed");
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> another.historyStore().open())
			.withMessageContaining("closed");
	}

}
