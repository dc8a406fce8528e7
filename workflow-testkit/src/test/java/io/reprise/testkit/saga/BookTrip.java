package io.reprise.testkit.saga;

import java.time.Duration;

import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * Books a trip, all of it or nothing.
 */
@Workflow
public class BookTrip {

	private final Trips trips;

	public BookTrip(Trips trips) {
		this.trips = trips;
	}

	@Workflow.Run
	public String run(String city) {
		return Workflows.saga(saga -> {
			String flight = saga.step(() -> trips.book("flight"), trips::cancel);
			String hotel = saga.step(() -> trips.book("hotel"), trips::cancel);
			Workflows.sleep(Duration.ofHours(1));
			String car = saga.step(() -> trips.book("car"), trips::cancel);
			return "%s by %s, %s, %s".formatted(city, flight, hotel, car);
		});
	}

}
