package io.reprise.it.testing;

import java.time.Duration;

import io.reprise.ActivityOptions;
import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * Rents a car: reserves it, waits for the customer, charges, and undoes what it did if
 * the rest fails.
 */
@Workflow
public class RentCar {

	private final Rentals rentals;

	private boolean confirmed;

	public RentCar(@ActivityOptions(startToCloseTimeout = "10s", maximumAttempts = 5) Rentals rentals) {
		this.rentals = rentals;
	}

	@Workflow.Run
	public String run(String customer, String car, int days) {
		return Workflows.saga(saga -> {
			String reservation = saga.step(() -> rentals.reserve(car), rentals::release);
			if (!Workflows.await(Duration.ofHours(2), () -> confirmed)) {
				throw new IllegalStateException("not confirmed in time");
			}
			String receipt = saga.step(() -> rentals.charge(customer, days), rentals::refund);
			Workflows.sleep(Duration.ofDays(days));
			return reservation + " paid with " + receipt;
		});
	}

	@Workflow.Signal
	public void confirm() {
		confirmed = true;
	}

}
