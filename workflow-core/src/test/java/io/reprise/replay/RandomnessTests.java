package io.reprise.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.Workflows;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Random numbers: the same at every replay and with every JDK.
 */
class RandomnessTests {

	@Test
	void shouldNeverChangeTheSequenceOfARunId() {
		// Golden values: open runs depend on them.
		SplitMix64 numbers = SplitMix64.ofRun("run-1");
		List<Long> drawn = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			drawn.add(numbers.next());
		}
		assertThat(drawn).containsExactly(GOLDEN);
		assertThat(new SplitMix64(1234567).next()).isEqualTo(6457827717110365317L);
		assertThat(SplitMix64.ofRun("run-2").next()).isNotEqualTo(GOLDEN[0]);
	}

	private static final Long[] GOLDEN = { -2208024161697505093L, 1765330518796435643L, -7150819157215238230L };

	@Test
	void shouldDeriveEveryKindOfNumberByOurOwnMethods() {
		AtomicReference<List<Object>> drawn = new AtomicReference<>();
		TestCode code = TestCode.run(flow -> {
			RandomGenerator random = Workflows.random();
			byte[] bytes = new byte[11];
			random.nextBytes(bytes);
			drawn.set(List.of(random.nextInt(), random.nextInt(6), random.nextInt(-3, 3), random.nextLong(100),
					random.nextLong(Long.MIN_VALUE, Long.MAX_VALUE), random.nextBoolean(), random.nextFloat(),
					random.nextDouble(), random.nextDouble(7), random.nextDouble(-1, 1), random.nextGaussian(),
					random.nextGaussian(5, 2), random.nextExponential(), HexFormat.of().formatHex(bytes),
					Workflows.randomUuid()));
			flow.log(drawn.get());
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			assertThat(run.state()).startsWith(GOLDEN_KINDS);
		}
	}

	private static final String GOLDEN_KINDS = "[[-1664929828, 1, -2, 27, -5062122753962447929, true, "
			+ "0.79451996, 0.5461733934653471, 2.133801830109828, 0.9627292044464684, -0.2389949596756071, "
			+ "8.740240492431749, 0.03025441820987961, bb608a3ab9855be1bb8004, b7cd6d53-d758-40eb-8211-c2fa18bc49ad]]";

	@Test
	void shouldStayInBounds() {
		TestCode code = TestCode.run(flow -> {
			RandomGenerator random = Workflows.random();
			boolean[] faces = new boolean[6];
			for (int i = 0; i < 500; i++) {
				faces[random.nextInt(6)] = true;
				assertThat(random.nextInt(-3, 3)).isBetween(-3, 2);
				assertThat(random.nextLong(Long.MAX_VALUE)).isNotNegative();
				assertThat(random.nextLong(-5, Long.MAX_VALUE)).isGreaterThanOrEqualTo(-5);
				assertThat(random.nextFloat()).isBetween(0f, 1f);
				assertThat(random.nextDouble(2, 3)).isBetween(2.0, 3.0);
			}
			assertThat(faces).containsOnly(true);
			assertThatIllegalArgumentException().isThrownBy(() -> random.nextInt(0));
			assertThatIllegalArgumentException().isThrownBy(() -> random.nextInt(1, 1));
			assertThatIllegalArgumentException().isThrownBy(() -> random.nextDouble(1, 1));
			assertThatIllegalArgumentException().isThrownBy(() -> random.nextDouble(Double.NaN));
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			assertThat(run.engine.closed).isTrue();
		}
	}

	@Test
	void shouldMakeProperUuids() {
		TestCode code = TestCode.run(flow -> {
			for (int i = 0; i < 20; i++) {
				flow.log(Workflows.randomUuid());
			}
			return null;
		});
		try (TestRun run = TestRun.started(code)) {
			String state = run.state();
			List<UUID> uuids = Arrays.stream(state.substring(1, state.indexOf(']')).split(", "))
				.map(UUID::fromString)
				.toList();
			assertThat(uuids).doesNotHaveDuplicates().hasSize(20).allSatisfy(uuid -> {
				assertThat(uuid.version()).isEqualTo(4);
				assertThat(uuid.variant()).isEqualTo(2);
			});
		}
	}

	@Test
	void shouldRefuseAGeneratorOnAForeignThread() {
		AtomicReference<RandomGenerator> leaked = new AtomicReference<>();
		TestCode code = TestCode.run(flow -> {
			leaked.set(Workflows.random());
			return null;
		});
		TestRun.started(code).close();
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> leaked.get().nextLong())
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_IN_WORKFLOW));
	}

}
