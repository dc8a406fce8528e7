package io.reprise.it.replayed;

import io.reprise.Workflow;
import io.reprise.Workflows;
import io.reprise.it.testing.Rentals;

/**
 * Rents a car by other code than the runs that are open.
 */
@Workflow("RentCar")
public class ChangedRentCar {

	private final Rentals rentals;

	private boolean confirmed;

	public ChangedRentCar(Rentals rentals) {
		this.rentals = rentals;
	}

	@Workflow.Run
	public String run(String customer, String car, int days) {
		String receipt = rentals.charge(customer, days);
		Workflows.await(() -> confirmed);
		return rentals.reserve(car) + " paid with " + receipt;
	}

	@Workflow.Signal
	public void confirm() {
		confirmed = true;
	}

}
