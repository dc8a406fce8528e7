package io.reprise.worker;

import java.time.Instant;

import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.Payload;
import io.reprise.replay.LocalCall;
import io.reprise.replay.LocalOutcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeptOutcomesTests {

	private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

	private final KeptOutcomes kept = new KeptOutcomes();

	private final LocalOutcome outcome = new LocalOutcome.Completed(1, 1, TIME, Payload.json("42"));

	@Test
	void shouldGiveOutcomesToTheTurnThatRepeatsAnother() {
		kept.turnBegins(5);
		kept.keep(call(1, "A.a", "[1]"), outcome);
		kept.renew();
		kept.turnBegins(5);

		assertThat(kept.find(call(1, "A.a", "[1]"))).isEqualTo(outcome);
	}

	@Test
	void shouldGiveNothingToAnotherCall() {
		kept.turnBegins(5);
		kept.keep(call(1, "A.a", "[1]"), outcome);
		kept.renew();

		assertThat(kept.find(call(2, "A.a", "[1]"))).isNull();
		assertThat(kept.find(call(1, "A.b", "[1]"))).isNull();
		assertThat(kept.find(call(1, "A.a", "[2]"))).isNull();
	}

	@Test
	void shouldForgetWhatIsRecorded() {
		kept.turnBegins(5);
		kept.keep(call(1, "A.a", "[1]"), outcome);
		kept.clear();
		kept.renew();

		assertThat(kept.find(call(1, "A.a", "[1]"))).isNull();
	}

	@Test
	void shouldForgetWhenTheRunHasMovedOn() {
		kept.turnBegins(5);
		kept.keep(call(1, "A.a", "[1]"), outcome);
		kept.renew();
		kept.turnBegins(9);

		assertThat(kept.find(call(1, "A.a", "[1]"))).isNull();
	}

	private static LocalCall call(int id, String type, String arguments) {
		return new LocalCall(id, type, Payload.json(arguments), ActivityPolicy.DEFAULT, 1, TIME, null);
	}

}
