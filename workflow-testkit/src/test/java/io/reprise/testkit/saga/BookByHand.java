package io.reprise.testkit.saga;

import io.reprise.ActivityFailure;
import io.reprise.Saga;
import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * Books a trip, and says itself when to undo that and how.
 */
@Workflow
public class BookByHand {

	private final Trips trips;

	public BookByHand(Trips trips) {
		this.trips = trips;
	}

	@Workflow.Run
	public String run(boolean parallel, boolean stopping) {
		Saga saga = Workflows.saga();
		if (parallel) {
			saga.inParallel();
		}
		if (stopping) {
			saga.stoppingAtFirstFailure();
		}
		try {
			// Cancelling what was not booked does no harm
			saga.addCompensation(() -> trips.cancel("flight"));
			trips.book("flight");
			saga.stepVoid(() -> trips.book("hotel"), () -> trips.cancel("hotel"));
			saga.stepVoid(() -> trips.book("car"), () -> trips.cancel("car"));
			return "booked";
		}
		catch (ActivityFailure ex) {
			saga.compensate();
			saga.compensate();
			return "undone after " + ex.getCause().getMessage();
		}
	}

}
