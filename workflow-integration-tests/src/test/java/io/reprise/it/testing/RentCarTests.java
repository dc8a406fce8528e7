package io.reprise.it.testing;

import java.time.Duration;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowHandle;
import io.reprise.testkit.TestTime;
import io.reprise.testkit.WorkflowTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static io.reprise.testkit.WorkflowAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;

/**
 * Tests of {@link RentCar}, quoted in the documentation.
 */
@WorkflowTest
class RentCarTests {

	@Autowired
	private WorkflowClient client;

	@Autowired
	private TestTime time;

	@MockitoBean
	private Rentals rentals;

	@Test
	void shouldRentForAMonth() {
		given(rentals.reserve("red")).willReturn("red-1");
		given(rentals.charge("ada", 30)).willReturn("r-7");
		WorkflowHandle<RentCar, String> rental = client.start(RentCar.class, w -> w.run("ada", "red", 30),
				StartOptions.withId("rental-1"));
		time.settle();

		rental.signal(RentCar::confirm);

		assertThat(rental.result()).isEqualTo("red-1 paid with r-7");
		assertThat(rental).completed()
			.signaled("confirm")
			.once()
			.scheduled("Rentals.charge")
			.once()
			.withArguments("ada", 30)
			.slept(Duration.ofDays(30))
			.notScheduled("Rentals.release")
			.hasEventsInOrder("ActivityCompleted Rentals.reserve", "WorkflowSignaled confirm",
					"ActivityScheduled Rentals.charge");
	}

	@Test
	void shouldReleaseTheCarOfACustomerWhoDoesNotConfirm() {
		given(rentals.reserve("red")).willReturn("red-1");
		WorkflowHandle<RentCar, String> rental = client.start(RentCar.class, w -> w.run("ada", "red", 30),
				StartOptions.withId("rental-2"));

		time.advance(Duration.ofHours(2));

		assertThat(rental).failedWith(IllegalStateException.class).slept(Duration.ofHours(2));
		then(rentals).should().release("red-1");
	}

	@Test
	void shouldReleaseTheCarOfACustomerWhoCancels() {
		given(rentals.reserve("red")).willReturn("red-1");
		WorkflowHandle<RentCar, String> rental = client.start(RentCar.class, w -> w.run("ada", "red", 30),
				StartOptions.withId("rental-3"));
		time.settle();

		rental.cancel();

		assertThat(rental).canceled().scheduled("Rentals.release").withArguments("red-1");
	}

}
