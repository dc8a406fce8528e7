package io.reprise.protocol;

import java.util.Arrays;
import java.util.Random;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for all histories and all bytes.
 */
class HistoryJsonPropertyTests {

	@Property(tries = 2000)
	void shouldReadWhatItWrote(@ForAll long seed) {
		Transition transition = new RandomTransitions(new Random(seed)).transition();

		byte[] written = HistoryJson.write(transition);
		Transition read = HistoryJson.read(transition.firstEventId(), written);

		assertThat(read).isEqualTo(transition);
		assertThat(HistoryJson.write(read)).isEqualTo(written);
	}

	@Property(tries = 2000)
	void shouldOnlyEverCallRandomBytesUnreadable(@ForAll byte[] bytes) {
		readOrUnreadable(bytes);
	}

	@Property(tries = 3000)
	void shouldOnlyEverCallDamagedBytesUnreadable(@ForAll long seed) {
		Random random = new Random(seed);
		byte[] bytes = HistoryJson.write(new RandomTransitions(random).transition());
		for (int i = random.nextInt(4); i >= 0; i--) {
			bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt()
					: "{}[]\",:0null-.".charAt(random.nextInt(14)));
		}
		readOrUnreadable(bytes);
	}

	@Property(tries = 500)
	void shouldCallTruncatedBytesUnreadable(@ForAll long seed) {
		Random random = new Random(seed);
		byte[] bytes = HistoryJson.write(new RandomTransitions(random).transition());
		byte[] begun = Arrays.copyOf(bytes, random.nextInt(bytes.length));

		assertThat(readOrUnreadable(begun)).isFalse();
	}

	@Property(tries = 2000)
	void shouldOnlyEverCallDamagedCommandsUnreadable(@ForAll long seed) {
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

}
