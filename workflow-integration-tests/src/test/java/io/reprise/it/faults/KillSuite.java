package io.reprise.it.faults;

import java.time.Duration;
import java.util.Random;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real process is killed at random moments and started again, until all its workflows
 * have ended.
 */
abstract class KillSuite {

	private static final int KILLS = 3;

	/** Well before the lease of 15 s is over, even where the machine is busy. */
	private static final Duration AT_ONCE = Duration.ofSeconds(10);

	abstract TestDatabase database();

	@Test
	void shouldGoOnWithAllAtOnceAfterEachKillAndRunNoRecordedStepAgain() throws Exception {
		String url = database().createUrl(getClass());
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int kill = 1; kill <= KILLS; kill++) {
			KilledProcess child = new KilledProcess(FaultMain.class, url);
			try {
				child.awaitLine("ready", Duration.ofMinutes(2));
				child.awaitLines("moved ", FaultMain.WORKFLOWS, (kill > 1) ? AT_ONCE : Duration.ofMinutes(1));
				int lines = 1 + random.nextInt(8);
				Awaitility.await("seed " + seed)
					.atMost(Duration.ofMinutes(1))
					.until(() -> child.count("progress") >= lines || child.count("done") > 0);
			}
			finally {
				child.kill();
			}
		}

		KilledProcess last = new KilledProcess(FaultMain.class, url);
		try {
			last.awaitLine("done", Duration.ofMinutes(3));
		}
		finally {
			last.kill();
		}
		assertThat(last.lines()).as("seed " + seed)
			.contains("out of order 0", "distinct " + FaultMain.WORKFLOWS * FaultMain.STEPS);
		assertThat(last.count("result ")).isEqualTo(FaultMain.WORKFLOWS);
		assertThat(last.lines()).filteredOn((line) -> line.startsWith("result "))
			.allMatch((line) -> line.endsWith(" " + FaultMain.STEPS));
	}

	@Test
	void shouldLoseAttemptsWithTheProcessAndFireWhatBecameDueMeanwhile() throws Exception {
		String url = database().createUrl(getClass());
		KilledProcess first = new KilledProcess(CrashMain.class, url);
		long started;
		try {
			first.awaitLine("started", Duration.ofMinutes(2));
			started = System.nanoTime();
			first.awaitLines("began ", 2, Duration.ofSeconds(30));
		}
		finally {
			first.kill();
		}
		assertThat(first.count("result ")).isZero();
		Awaitility.await("the nap is over").until(() -> System.nanoTime() - started > Duration.ofSeconds(4).toNanos());

		KilledProcess next = new KilledProcess(CrashMain.class, url);
		try {
			next.awaitLine("started", Duration.ofMinutes(2));
			next.awaitLines("result ", 3, AT_ONCE);
		}
		finally {
			next.kill();
		}
		assertThat(next.line("result AtMostOnce ")).isEqualTo("lost: true after 1");
		assertThat(next.line("result AtLeastOnce ")).isEqualTo("attempt 2");
		assertThat(next.line("result Nap ")).isEqualTo("in time");
		assertThat(next.count("began at most once")).isZero();
	}

}
