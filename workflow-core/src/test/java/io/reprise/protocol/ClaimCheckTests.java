package io.reprise.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.reprise.protocol.ClaimCheck.Ticket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClaimCheckTests {

	private static final Payload LARGE = Payload.json('"' + "x".repeat(3000) + '"');

	private static final Payload OTHER = new Payload("bytes", new byte[5000]);

	private static final Payload SMALL = Payload.json('"' + "y".repeat(1900) + '"');

	private final ClaimCheck check = new ClaimCheck("run-1", 2000);

	@Test
	void shouldKeepLargePayloadsOutOfWhatIsWritten() {
		byte[] bytes = write(check, new HistoryEvent.ActivityCompleted(1, 1, LARGE),
				new HistoryEvent.ActivityCompleted(2, 1, OTHER), new HistoryEvent.ActivityCompleted(3, 1, SMALL),
				new HistoryEvent.WorkflowFailed(failure(LARGE)));

		assertThat(bytes.length).isLessThan(3000);
		assertThat(check.kept().values()).containsExactly(LARGE, OTHER);
		List<HistoryEvent> read = HistoryJson.read(1, bytes).events();
		Payload ticket = ((HistoryEvent.ActivityCompleted) read.get(0)).result();
		assertThat(ticket.encoding()).isEqualTo("claim;size=3002;of=json");
		assertThat(Ticket.of(ticket)).isEqualTo(new Ticket("run-1", check.kept().firstEntry().getKey(), Payload.JSON));
		assertThat(Ticket.of(((HistoryEvent.ActivityCompleted) read.get(1)).result()).encoding()).isEqualTo("bytes");
		assertThat(((HistoryEvent.ActivityCompleted) read.get(2)).result()).isEqualTo(SMALL);
		assertThat(((HistoryEvent.WorkflowFailed) read.get(3)).failure()).isEqualTo(failure(ticket));
	}

	@Test
	void shouldWriteATicketAgainAsItIs() {
		byte[] bytes = write(check, new HistoryEvent.ActivityCompleted(1, 1, LARGE));
		Transition read = HistoryJson.read(1, bytes);

		ClaimCheck again = new ClaimCheck("run-1", 2000);

		assertThat(HistoryJson.write(read, again)).isEqualTo(bytes);
		assertThat(again.isIdle()).isTrue();
	}

	@Test
	void shouldCopyWhatAnotherRunKeeps() {
		Transition read = HistoryJson.read(1, write(check, new HistoryEvent.ActivityCompleted(1, 1, LARGE)));
		String id = check.kept().firstEntry().getKey();
		ClaimCheck of = new ClaimCheck("run-2", 2000);

		List<HistoryEvent> written = HistoryJson.read(1, HistoryJson.write(read, of)).events();

		assertThat(of.isIdle()).isFalse();
		assertThat(of.copied()).containsExactly(Map.entry(id, "run-1"));
		assertThat(Ticket.of(((HistoryEvent.ActivityCompleted) written.getFirst()).result()))
			.isEqualTo(new Ticket("run-2", id, Payload.JSON));
	}

	@Test
	void shouldChangeNothingForSmallPayloads() {
		HistoryEvent event = new HistoryEvent.ActivityCompleted(1, 1, SMALL);

		assertThat(write(check, event)).isEqualTo(write(null, event));
		assertThat(check.isIdle()).isTrue();
		assertThat(write(null, new HistoryEvent.ActivityCompleted(1, 1, LARGE)).length).isGreaterThan(3000);
	}

	@Test
	void shouldTellPayloadsOfOneEncodingFromThoseOfAnother() {
		byte[] data = new byte[4000];

		write(check, new HistoryEvent.ActivityCompleted(1, 1, new Payload("bytes", data)),
				new HistoryEvent.ActivityCompleted(2, 1, new Payload("gzip;of=json", data)));

		assertThat(check.kept()).hasSize(2);
	}

	@Test
	void shouldTakeNoOtherPayloadForATicket() {
		assertThat(Ticket.of(LARGE)).isNull();
		assertThat(Ticket.of(new Payload("claim", new byte[0]))).isNull();
		assertThat(Ticket.of(new Payload("claim;size=1;of=json", "no slash".getBytes(StandardCharsets.UTF_8))))
			.isNull();
	}

	@Test
	void shouldSayHowLargeItIsWhatATicketStandsFor() {
		assertThat(ClaimCheck.sizeOf(LARGE)).isEqualTo(LARGE.size());
		assertThat(ClaimCheck
			.sizeOf(new Payload("claim;size=4000;of=aes-gcm;of=json", "run-1/id".getBytes(StandardCharsets.UTF_8))))
			.isEqualTo(4000);
	}

	private static byte[] write(ClaimCheck check, HistoryEvent... events) {
		return HistoryJson.write(new Transition(1, Instant.EPOCH, List.of(events)), check);
	}

	private static Failure failure(Payload details) {
		return new Failure.Application("Type", "message", null, true, null, details, null);
	}

}
