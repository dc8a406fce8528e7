package io.reprise.it.testing;

import java.nio.file.Path;
import java.util.stream.Stream;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowHandle;
import io.reprise.testkit.CrashTest;
import io.reprise.testkit.DeterminismCheck;
import io.reprise.testkit.Histories;
import io.reprise.testkit.WorkflowReplayer;
import io.reprise.testkit.WorkflowTestEnvironment;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RentCar} without Spring, quoted in the documentation.
 */
@Timeout(120)
class RentCarKitTests {

	@Test
	void shouldSurviveACrashAnywhere() {
		try (WorkflowTestEnvironment environment = environment()) {
			CrashTest.atEveryEvent(environment, () -> rent(environment.client(), "rental-1").result());
		}
	}

	@Test
	void shouldBeDeterministic() {
		DeterminismCheck.ofPackages("io.reprise.it.testing").check();
	}

	@TestFactory
	Stream<DynamicTest> shouldGoOnWithRecordedRuns() {
		return WorkflowReplayer.of(RentCar.class).tests(Path.of("src/test/resources/histories"));
	}

	@Test
	void shouldRecordWhatIsReplayed(@TempDir Path folder) {
		try (WorkflowTestEnvironment environment = environment()) {
			WorkflowHandle<RentCar, String> rental = rent(environment.client(), "rental-1");
			rental.result();
			Histories.write(folder.resolve("rent-car.json"), rental);
			rent(environment.client(), "rental-2");
			environment.time().settle();

			assertThat(WorkflowReplayer.of(RentCar.class).replayFolder(folder)).isOne();
			assertThat(replayOpenRuns(environment.client())).isOne();
		}
	}

	private static int replayOpenRuns(WorkflowClient client) {
		return WorkflowReplayer.of(RentCar.class).replayOpen(Histories.open(client));
	}

	private static WorkflowTestEnvironment environment() {
		return WorkflowTestEnvironment.of(RentCar.class)
			.activity("Rentals.reserve", arguments -> arguments[0] + "-1")
			.activity("Rentals.charge", arguments -> "r-" + arguments[1])
			.start();
	}

	private static WorkflowHandle<RentCar, String> rent(WorkflowClient client, String id) {
		WorkflowHandle<RentCar, String> rental = client.start(RentCar.class, w -> w.run("ada", "red", 30),
				StartOptions.withId(id));
		rental.signal(RentCar::confirm);
		return rental;
	}

}
