package io.reprise.replay;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.reprise.IdReusePolicy;
import io.reprise.ParentClosePolicy;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourRequest;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which arguments count as those that were recorded.
 */
class MatchingTests {

	private static final String ENCRYPTED = "aes-gcm;key=1;of=json";

	@Test
	void shouldComparePlainArguments() {
		assertThat(isSame(Payload.json("[1]"), Payload.json("[1]"))).isTrue();
		assertThat(isSame(Payload.json("[1]"), Payload.json("[2]"))).isFalse();
		assertThat(isSame(Payload.json("[1]"), new Payload("args", new byte[3]))).isFalse();
	}

	@Test
	void shouldNotExpectOneEncryptionToBeTheOther() {
		assertThat(isSame(of(ENCRYPTED, 100, 1), of(ENCRYPTED, 100, 2))).isTrue();
		assertThat(isSame(of(ENCRYPTED, 100, 1), of("aes-gcm;key=2;of=json", 100, 2))).isTrue();
		assertThat(isSame(of("json", 72, 1), of(ENCRYPTED, 100, 2))).isTrue();
		assertThat(isSame(of(ENCRYPTED, 100, 1), of("json", 72, 2))).isTrue();
	}

	@Test
	void shouldTellASmallerCallFromOneThatWasTooLarge() {
		assertThat(isSame(of(ENCRYPTED, 40, 1), of(ENCRYPTED, 100, 2))).isFalse();
		assertThat(isSame(ticket(ENCRYPTED, 4000), of(ENCRYPTED, 9000, 2))).isFalse();
	}

	@Test
	void shouldTakeATicketForWhatItStandsFor() {
		assertThat(isSame(ticket("json", 4000), of("json", 4000, 1))).isTrue();
		assertThat(isSame(ticket(ENCRYPTED, 4000), of(ENCRYPTED, 4000, 1))).isTrue();
		assertThat(isSame(ticket("json", 4000), of("json", 4001, 1))).isFalse();
	}

	private static Payload of(String encoding, int size, int fill) {
		byte[] data = new byte[size];
		Arrays.fill(data, (byte) fill);
		return new Payload(encoding, data);
	}

	private static Payload ticket(String encoding, int size) {
		return new Payload("claim;size=" + size + ";of=" + encoding, "run-1/id".getBytes(StandardCharsets.UTF_8));
	}

	/** The same of activities, children and signals. */
	private static boolean isSame(Payload recorded, Payload issued) {
		boolean same = Matching.sameArguments(
				new HistoryEvent.ActivityScheduled(1, "A.b", recorded, ActivityPolicy.DEFAULT),
				new TurnCommand.ScheduleActivity(1, "A.b", issued, ActivityPolicy.DEFAULT));
		assertThat(Matching.sameArguments(
				new NeighbourRequest.SignalExternalInitiated(1, 0, "other", "", "hold", recorded),
				new TurnCommand.SignalExternal(1, 0, "other", "hold", issued)))
			.isEqualTo(same);
		assertThat(Matching.sameArguments(
				new NeighbourRequest.StartChildWorkflowInitiated(1, "ship-1", "run-2", "Ship", "default", recorded,
						ParentClosePolicy.ABANDON, IdReusePolicy.ALLOW_DUPLICATE),
				new TurnCommand.StartChild(1, "ship-1", "Ship", "default", issued, ParentClosePolicy.ABANDON,
						IdReusePolicy.ALLOW_DUPLICATE)))
			.isEqualTo(same);
		return same;
	}

}
