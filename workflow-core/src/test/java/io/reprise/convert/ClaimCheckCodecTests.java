package io.reprise.convert;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Payload;
import io.reprise.spi.StoreException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClaimCheckCodecTests {

	private static final Payload TICKET = new Payload("claim;size=7;of=aes-gcm;key=one;of=json",
			"run-1/id-1".getBytes(StandardCharsets.UTF_8));

	@Test
	void shouldFetchWhatATicketStandsFor() {
		ClaimCheckCodec codec = new ClaimCheckCodec((runId, id) -> {
			assertThat(runId + " " + id).isEqualTo("run-1 id-1");
			return Optional.of(new byte[7]);
		});

		assertThat(codec.decode(TICKET)).isEqualTo(new Payload("aes-gcm;key=one;of=json", new byte[7]));
		assertThat(codec.encode(TICKET)).isSameAs(TICKET);
		assertThat(codec.decode(Payload.NULL)).isSameAs(Payload.NULL);
	}

	@Test
	void shouldSayWhatIsMissing() {
		ClaimCheckCodec codec = new ClaimCheckCodec((runId, id) -> Optional.empty());

		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> codec.decode(TICKET))
			.withMessageStartingWith(
					"Expected payload id-1 of run run-1 in the table of payloads, but it is not there.")
			.extracting(WorkflowException::code)
			.isEqualTo(ErrorCode.CODEC_FAILED);
	}

	@Test
	void shouldCountAsACodecThatFailsWhileTheStoreIsAway() {
		ClaimCheckCodec codec = new ClaimCheckCodec((runId, id) -> {
			throw new StoreException(StoreException.Outcome.NOTHING_WRITTEN, "The database is away", null);
		});

		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> codec.decode(TICKET))
			.withMessage(
					"Expected to fetch payload id-1 of run run-1, but the store failed: The database is away. It is tried again")
			.extracting(WorkflowException::code)
			.isEqualTo(ErrorCode.CODEC_FAILED);
	}

}
