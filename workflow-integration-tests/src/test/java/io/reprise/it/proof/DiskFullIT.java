package io.reprise.it.proof;

import java.time.Duration;

import io.reprise.it.PostgresInstance;
import io.reprise.it.SmallDisk;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The disk of the database is full: its data and its log find no room.
 */
@EnabledOnOs(OS.LINUX)
class DiskFullIT {

	private static final int MEGABYTES = 96;

	@Test
	void shouldBeDownWhileTheDiskIsFullAndLoseNothing() throws Exception {
		SmallDisk disk = SmallDisk.mount(MEGABYTES).orElse(null);
		assumeThat(disk).as("user namespaces, to mount a small disk in").isNotNull();
		int times = Proof.times("fulldisks", 1);
		try (PostgresInstance postgres = PostgresInstance.createOn(disk, "min_wal_size=2MB", "max_wal_size=8MB",
				"wal_recycle=off")) {
			postgres.start();
			try (ConfigurableApplicationContext context = ProofApplication.start(postgres.url(), DiskFullIT.class);
					Proof proof = Proof.of("Full disks", postgres.url())) {
				proof.fleet().add(ProofApplication.node(context));
				proof.fleet().startClients(24, proof.seed());
				int crashed = 0;
				for (int i = 0; i < times; i++) {
					proof.awaitAcknowledged(100);
					crashed += fillAndFree(disk, postgres, context) ? 1 : 0;
				}
				proof.awaitAcknowledged(24);

				proof.conclude("%d times a full disk, of which PostgreSQL gave up %d times".formatted(times, crashed),
						100L * times);
			}
		}
	}

	private static boolean fillAndFree(SmallDisk disk, PostgresInstance postgres,
			ConfigurableApplicationContext context) {
		HealthIndicator health = context.getBean("workflowHealthIndicator", HealthIndicator.class);
		assertThat(health.health().getStatus()).isEqualTo(Status.UP);

		disk.fill();
		Awaitility.await("down")
			.atMost(Duration.ofSeconds(60))
			.until(() -> health.health().getStatus().equals(Status.DOWN));
		Awaitility.await("down as long as the disk is full")
			.during(Duration.ofSeconds(6))
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> health.health().getStatus().equals(Status.DOWN));

		disk.free();
		boolean crashed = !postgres.isRunning();
		if (crashed) {
			postgres.start();
		}
		Awaitility.await("up again")
			.atMost(Duration.ofSeconds(60))
			.until(() -> health.health().getStatus().equals(Status.UP));
		return crashed;
	}

}
