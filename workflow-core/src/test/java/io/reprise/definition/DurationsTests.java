package io.reprise.definition;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DurationsTests {

	@ParameterizedTest
	@CsvSource({ "500ms, PT0.5S", "10s, PT10S", "5m, PT5M", "2h, PT2H", "1d, PT24H", "PT1H, PT1H", "1h30m, PT1H30M",
			"' 10s ', PT10S", "PT0.001S, PT0.001S" })
	void shouldReadDurations(String text, Duration expected) {
		assertThat(Durations.parse(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "soon", "10", "10 parsecs", "s", "-5s", "0s", "PT", "1.5s" })
	void shouldRefuseWhatIsNoPositiveDuration(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text)).withMessageContaining(text);
	}

	@Test
	void shouldAskForUnit() {
		assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse("10")).withMessage("'10' names no unit");
	}

}
