package io.reprise.it.replayed;

import java.nio.file.Path;

import io.reprise.testkit.WorkflowReplayer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Replays runs with code that cannot go on with them.
 */
class ReplayedTests {

	@Test
	void shouldNameTheLineWhereCodeAndHistoryPart() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(
				() -> WorkflowReplayer.of(ChangedRentCar.class).replayFolder(Path.of("src/test/resources/histories")))
			.withMessageStartingWith("Expected 1 histories to replay, but 1 of them do not:")
			.withMessageContaining("  - schedules activity Rentals.reserve (1) (event 3)\n"
					+ "  + schedules activity Rentals.charge (1) at io.reprise.it.replayed.ChangedRentCar.run(ChangedRentCar.java:");
	}

}
