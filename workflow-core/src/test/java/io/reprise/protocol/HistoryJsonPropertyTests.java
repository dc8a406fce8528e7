package io.reprise.protocol;

import java.util.Arrays;
import java.util.Random;
import java.util.function.LongConsumer;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for all histories and all bytes.
 */
class HistoryJsonPropertyTests {

	@Test
	void shouldReadWhatItWrote() {
		forSeeds(2_000, this::checkReadWhatItWrote);
	}

	private void checkReadWhatItWrote(long seed) {
		Transition transition = new RandomTransitions(new Random(seed)).transition();

		byte[] written = HistoryJson.write(transition);
		Transition read = HistoryJson.read(transition.firstEventId(), written);

		assertThat(read).isEqualTo(transition);
		assertThat(HistoryJson.write(read)).isEqualTo(written);
	}

	@Test
	void shouldOnlyEverCallRandomBytesUnreadable() {
		forSeeds(2_000, seed -> {
			Random random = new Random(seed);
			byte[] bytes = new byte[random.nextInt(300)];
			random.nextBytes(bytes);
			readOrUnreadable(bytes);
		});
	}

	@Test
	void shouldOnlyEverCallDamagedBytesUnreadable() {
		forSeeds(3_000, this::checkOnlyEverCallDamagedBytesUnreadable);
	}

	private void checkOnlyEverCallDamagedBytesUnreadable(long seed) {
		Random random = new Random(seed);
		byte[] bytes = HistoryJson.write(new RandomTransitions(random).transition());
		for (int i = random.nextInt(4); i >= 0; i--) {
			bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt()
					: "{}[]\",:0null-.".charAt(random.nextInt(14)));
		}
		readOrUnreadable(bytes);
	}

	@Test
	void shouldCallTruncatedBytesUnreadable() {
		forSeeds(500, this::checkCallTruncatedBytesUnreadable);
	}

	private void checkCallTruncatedBytesUnreadable(long seed) {
		Random random = new Random(seed);
		byte[] bytes = HistoryJson.write(new RandomTransitions(random).transition());
		byte[] begun = Arrays.copyOf(bytes, random.nextInt(bytes.length));

		assertThat(readOrUnreadable(begun)).isFalse();
	}

	@Test
	void shouldOnlyEverCallDamagedCommandsUnreadable() {
		forSeeds(2_000, this::checkOnlyEverCallDamagedCommandsUnreadable);
	}

	private void checkOnlyEverCallDamagedCommandsUnreadable(long seed) {
		Random random = new Random(seed);
		byte[] bytes = CommandJson.write(new Command.SignalWorkflow(GoldenSamples.KEY, "hold",
				new RandomTransitions(random).payload(), "request"));
		bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
		try {
			CommandJson.read(GoldenSamples.KEY, bytes);
		}
		catch (WorkflowException ex) {
			assertThat(ex.code()).isEqualTo(ErrorCode.UNREADABLE_HISTORY);
		}
	}

	private static boolean readOrUnreadable(byte[] bytes) {
		try {
			HistoryJson.read(1, bytes);
			return true;
		}
		catch (WorkflowException ex) {
			assertThat(ex.code()).isEqualTo(ErrorCode.UNREADABLE_HISTORY);
			return false;
		}
	}

	/** A failure names its seed. */
	private static void forSeeds(int count, LongConsumer property) {
		for (long seed = 1; seed <= count; seed++) {
			try {
				property.accept(seed);
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError("Expected the property to hold, but it does not for seed " + seed, ex);
			}
		}
	}

}
