package io.reprise.replay;

import java.time.Instant;
import java.util.List;

import io.reprise.protocol.ClaimCheck;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.HistoryJson;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.Transition;
import io.reprise.protocol.TurnCommand;
import io.reprise.protocol.UpdateRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HistorySizeTests {

	private static final Payload LARGE = Payload.json('"' + "x".repeat(5_000) + '"');

	private static final UpdateRequest UPDATE = new UpdateRequest("u-1", "add", LARGE);

	@Test
	void shouldCountAPayloadThatIsKeptElsewhere() {
		HistoryEvent event = new HistoryEvent.WorkflowSignaled("hold", LARGE, "r-1");
		ClaimCheck claimCheck = new ClaimCheck("run-1", 2_000);
		byte[] stored = HistoryJson.write(new Transition(7, Instant.EPOCH, List.of(event)), claimCheck);
		HistoryEvent read = HistoryJson.read(7, stored).events().getFirst();
		assertThat(stored.length).isLessThan(1_000);

		HistorySize live = new HistorySize();
		live.turnBegins(7, List.of(new RecordedEvent(7, Instant.EPOCH, event)));
		HistorySize replayed = new HistorySize();
		replayed.turnBegins(7, List.of(new RecordedEvent(7, Instant.EPOCH, read)));

		assertThat(live.bytes()).isGreaterThan(5_000).isEqualTo(replayed.bytes());
		assertThat(live.events()).isEqualTo(7);
	}

	@Test
	void shouldCountUpdatesAndTheirOutcomesTheSameAtReplay() {
		HistorySize live = new HistorySize();
		live.turnCommitted(9, List.of(UPDATE), List.of(new TurnCommand.CompleteUpdate("u-1", LARGE, null)));
		HistorySize replayed = new HistorySize();
		replayed.turnRepeated(9, List.of(UPDATE),
				List.of(new RecordedEvent(10, Instant.EPOCH, new HistoryEvent.UpdateCompleted("u-1", LARGE, null))));

		assertThat(live.events()).isEqualTo(10).isEqualTo(replayed.events());
		assertThat(live.bytes()).isGreaterThan(10_000).isEqualTo(replayed.bytes());
	}

}
