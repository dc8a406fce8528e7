package io.reprise.testkit;

import java.util.List;
import java.util.Random;

import io.reprise.WorkflowStatus;
import io.reprise.spi.PayloadStore;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoredPayload;
import io.reprise.spi.WriteOutcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link PayloadStore} promises.
 */
interface PayloadContract extends StoreUnderTest {

	@Test
	default void shouldKeepPayloadsWithTheirTransition() {
		RunBuilder run = RunBuilder.of("order-1");
		byte[] large = large(3 * 1024 * 1024);
		write(with(run.creation(), payload("a", large), payload("b", new byte[0])));
		write(with(run.nextRecordOnly(), payload("c", RunBuilder.bytes("c"))));

		assertThat(store().payload(run.runId(), "a")).contains(large);
		assertThat(store().payload(run.runId(), "b")).contains(new byte[0]);
		assertThat(store().payload(run.runId(), "c")).contains(RunBuilder.bytes("c"));
		assertThat(store().payload(run.runId(), "d")).isEmpty();
		assertThat(store().payload(RunBuilder.of("order-2").runId(), "a")).isEmpty();
	}

	@Test
	default void shouldKeepOnePayloadOfAnId() {
		RunBuilder run = RunBuilder.of("order-1");
		RunBuilder other = RunBuilder.of("order-2");
		write(with(run.creation(), payload("a", RunBuilder.bytes("one"))));

		write(with(run.next(), payload("a", RunBuilder.bytes("one"))),
				with(other.creation(), payload("a", RunBuilder.bytes("two"))));

		assertThat(store().payload(run.runId(), "a")).contains(RunBuilder.bytes("one"));
		assertThat(store().payload(other.runId(), "a")).contains(RunBuilder.bytes("two"));
	}

	@Test
	default void shouldNotKeepThePayloadsOfALoser() {
		RunBuilder run = RunBuilder.of("order-1");
		create(run);

		assertThat(attempt(with(run.atVersion(7).next(), payload("a", new byte[9])))).isEqualTo(WriteOutcome.LOST_RACE);
		assertThat(attempt(with(RunBuilder.of("order-1").creation(), payload("b", new byte[9]))))
			.isEqualTo(WriteOutcome.OPEN_RUN_EXISTS);

		assertThat(store().payload(run.runId(), "a")).isEmpty();
	}

	@Test
	default void shouldCopyPayloadsOfAnotherRun() {
		RunBuilder from = RunBuilder.of("order-1");
		RunBuilder to = RunBuilder.of("order-2");
		write(with(from.creation(), payload("a", RunBuilder.bytes("one"))));
		write(with(to.creation(), new StoredPayload("a", null, from.runId())));
		write(with(to.next(), new StoredPayload("a", null, from.runId())));
		write(with(to.next(), new StoredPayload("gone", null, from.runId())));
		write(from.closed(WorkflowStatus.COMPLETED, RunBuilder.EPOCH).next());

		assertThat(store().deleteClosedBefore(RunBuilder.EPOCH.plusSeconds(1), 10)).isEqualTo(1);

		assertThat(store().payload(from.runId(), "a")).isEmpty();
		assertThat(store().payload(to.runId(), "a")).contains(RunBuilder.bytes("one"));
		assertThat(store().payload(to.runId(), "gone")).isEmpty();
	}

	private static StoredPayload payload(String id, byte[] body) {
		return new StoredPayload(id, body, null);
	}

	private static RunWrite with(RunWrite write, StoredPayload... payloads) {
		return new RunWrite(write.record(), write.expectedVersion(), write.appended(), write.snapshot(),
				write.messagesSeen(), write.latestStart(), List.of(payloads));
	}

	private static byte[] large(int size) {
		byte[] bytes = new byte[size];
		new Random(7).nextBytes(bytes);
		return bytes;
	}

}
