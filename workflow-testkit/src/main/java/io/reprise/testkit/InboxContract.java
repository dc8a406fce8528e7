package io.reprise.testkit;

import java.util.ArrayList;
import java.util.List;

import io.reprise.WorkflowStatus;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.InboxEntry;
import io.reprise.spi.RunVersion;
import io.reprise.spi.RunWrite;
import io.reprise.spi.WriteOutcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link HistoryStore#offer}, {@link HistoryStore#inbox},
 * {@link HistoryStore#inboxOf} and {@link HistoryStore#removeFromInbox} promise.
 */
interface InboxContract extends StoreUnderTest {

	@Test
	default void shouldKeepACommandForTheOwnerOfItsRun() {
		RunBuilder run = RunBuilder.of("tenant", "order-1").owner("node-1");
		create(run);

		store().offer(entry(run, "request-1"));

		assertThat(store().inbox("node-1", 10)).singleElement()
			.usingRecursiveComparison()
			.isEqualTo(entry(run, "request-1"));
		assertThat(store().inbox("node-2", 10)).isEmpty();
	}

	@Test
	default void shouldKeepACommandForEverybodyIfNobodyOwnsItsRun() {
		RunBuilder open = RunBuilder.of("order-1");
		create(open);
		RunBuilder closed = RunBuilder.of("order-2");
		create(closed);

		store().offer(entry(open, "request-1"));
		store().offer(entry(closed, "request-2"));
		write(closed.closed(WorkflowStatus.TERMINATED, RunBuilder.EPOCH).next());

		assertThat(requests("node-1")).containsExactly("request-1", "request-2");
		assertThat(requests("node-2")).containsExactly("request-1", "request-2");
	}

	@Test
	default void shouldHandACommandOnWithItsRun() {
		RunBuilder run = RunBuilder.of("order-1").owner("node-1");
		create(run);
		store().offer(entry(run, "request-1"));

		write(run.owner("node-2").nextRecordOnly());

		assertThat(requests("node-1")).isEmpty();
		assertThat(requests("node-2")).containsExactly("request-1");
	}

	@Test
	default void shouldKeepACommandThatIsOfferedTwiceOnce() {
		RunBuilder run = RunBuilder.of("order-1");
		RunBuilder other = RunBuilder.of("order-2");
		create(run, other);

		store().offer(entry(run, "request-1"));
		store().offer(entry(run, "request-1"));
		store().offer(new InboxEntry(run.key(), "request-1", RunBuilder.bytes("another body")));
		store().offer(entry(other, "request-1"));

		assertThat(store().inbox("node-1", 10)).usingRecursiveFieldByFieldElementComparator()
			.containsExactly(entry(run, "request-1"), entry(other, "request-1"));
	}

	@Test
	default void shouldGiveCommandsInOrderOfArrival() {
		RunBuilder first = RunBuilder.of("order-1");
		RunBuilder second = RunBuilder.of("order-2").owner("node-1");
		create(first, second);
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			String request = "request-" + (i * 37) % 60;
			expected.add(request);
			store().offer(entry((i % 2 == 0) ? first : second, request));
		}

		assertThat(requests("node-1")).isEqualTo(expected);
		assertThat(store().inbox("node-1", 7)).extracting(InboxEntry::requestId).isEqualTo(expected.subList(0, 7));
	}

	@Test
	default void shouldNotLetCommandsForOthersUseUpTheLimit() {
		RunBuilder others = RunBuilder.of("order-1").owner("node-2");
		RunBuilder own = RunBuilder.of("order-2").owner("node-1");
		create(others, own);
		for (int i = 0; i < 5; i++) {
			store().offer(entry(others, "request-" + i));
		}
		store().offer(entry(own, "own"));

		assertThat(store().inbox("node-1", 1)).extracting(InboxEntry::requestId).containsExactly("own");
	}

	@Test
	default void shouldDeleteCommandsThatWereDecided() {
		RunBuilder run = RunBuilder.of("order-1");
		RunBuilder other = RunBuilder.of("order-2");
		create(run, other);
		store().offer(entry(run, "request-1"));
		store().offer(entry(run, "request-2"));
		store().offer(entry(other, "request-1"));

		store().removeFromInbox(List.of(new InboxEntry(run.key(), "request-1", new byte[0]), entry(run, "unknown")));

		assertThat(store().inbox("node-1", 10)).usingRecursiveFieldByFieldElementComparator()
			.containsExactly(entry(run, "request-2"), entry(other, "request-1"));
		store().removeFromInbox(store().inbox("node-1", 10));
		store().removeFromInbox(List.of());
		assertThat(store().inbox("node-1", 10)).isEmpty();
	}

	@Test
	default void shouldKeepNoCommandForARunThatIsNotOpen() {
		RunBuilder closed = createClosed("order-1", RunBuilder.EPOCH);
		RunBuilder unknown = RunBuilder.of("order-2");

		assertThat(store().offer(entry(closed, "request-1"))).isFalse();
		assertThat(store().offer(entry(unknown, "request-2"))).isFalse();

		assertThat(store().inbox("node-1", 10)).isEmpty();
		assertThat(store().inboxOf(closed.runId())).isEmpty();
	}

	@Test
	default void shouldGiveTheCommandsOfARun() {
		RunBuilder run = RunBuilder.of("order-1").owner("node-1");
		RunBuilder other = RunBuilder.of("order-2").owner("node-1");
		create(run, other);
		store().offer(entry(run, "request-2"));
		store().offer(entry(other, "request-3"));
		store().offer(entry(run, "request-1"));

		assertThat(store().inboxOf(run.runId())).usingRecursiveFieldByFieldElementComparator()
			.containsExactly(entry(run, "request-2"), entry(run, "request-1"));
	}

	@Test
	default void shouldCountTheCommandsThatWereEverLeftForARun() {
		RunBuilder run = RunBuilder.of("order-1").owner("node-1");
		create(run);
		assertThat(load(run).messagesLeft()).isZero();

		assertThat(store().offer(entry(run, "request-1"))).isTrue();
		assertThat(store().offer(entry(run, "request-2"))).isTrue();
		long left = load(run).messagesLeft();
		assertThat(store().version(run.runId())).contains(new RunVersion(1, true));
		store().removeFromInbox(store().inboxOf(run.runId()));
		write(run.next());

		assertThat(left).isEqualTo(2);
		assertThat(load(run).messagesLeft()).isEqualTo(2);
		assertThat(store().version(run.runId())).contains(new RunVersion(2, false));
		assertThat(store().version("unknown")).isEmpty();
	}

	@Test
	default void shouldNotWriteWhatHasNotSeenACommand() {
		RunBuilder going = RunBuilder.of("order-1");
		RunBuilder closing = RunBuilder.of("order-2");
		create(going, closing);
		store().offer(entry(going, "request-1"));
		store().offer(entry(closing, "request-1"));
		RunWrite goesOn = going.next();
		RunWrite closes = closing.closed(WorkflowStatus.COMPLETED, RunBuilder.EPOCH).next();

		assertThat(attempt(havingSeen(0, goesOn))).isEqualTo(WriteOutcome.MESSAGE_LEFT);
		assertThat(attempt(havingSeen(0, closes))).isEqualTo(WriteOutcome.MESSAGE_LEFT);
		assertThat(load(going).tail()).hasSize(1);
		assertThat(load(closing).record().status()).isEqualTo(WorkflowStatus.RUNNING);

		assertThat(attempt(havingSeen(1, goesOn))).isEqualTo(WriteOutcome.WRITTEN);
		assertThat(attempt(havingSeen(1, closes))).isEqualTo(WriteOutcome.WRITTEN);
	}

	@Test
	default void shouldTellApartWhyWritesOfOneCommitLose() {
		List<RunWrite> writes = new ArrayList<>();
		List<WriteOutcome> expected = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			RunBuilder run = RunBuilder.of("order-" + i);
			create(run);
			RunWrite write = ((i % 2 == 0) ? run.closed(WorkflowStatus.COMPLETED, RunBuilder.EPOCH) : run).next();
			if (i % 4 < 2) {
				store().offer(entry(run, "request-1"));
			}
			if (i % 8 == 3) {
				write(run.atVersion(1).nextRecordOnly());
			}
			expected.add((i % 8 == 3) ? WriteOutcome.LOST_RACE
					: (i % 4 < 2) ? WriteOutcome.MESSAGE_LEFT : WriteOutcome.WRITTEN);
			writes.add(havingSeen(0, write));
		}

		assertThat(store().commit(writes)).isEqualTo(expected);
	}

	@Test
	default void shouldNotTouchTheRunOfACommand() {
		RunBuilder run = RunBuilder.of("order-1").owner("node-1");
		create(run);

		store().offer(entry(run, "request-1"));
		store().removeFromInbox(List.of(entry(run, "request-1")));

		assertStored(run.record());
	}

	private List<String> requests(String nodeId) {
		return store().inbox(nodeId, 100).stream().map(InboxEntry::requestId).toList();
	}

	private static RunWrite havingSeen(long messages, RunWrite write) {
		return new RunWrite(write.record(), write.expectedVersion(), write.appended(), write.snapshot(), messages);
	}

	private static InboxEntry entry(RunBuilder run, String requestId) {
		return new InboxEntry(run.key(), requestId, RunBuilder.bytes("body of " + requestId));
	}

}
