package io.reprise.testkit;

import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.reprise.WorkflowClient;

/**
 * The lives of a process that crashes and comes back, as its clients see them.
 */
final class Lives {

	private final Supplier<WorkflowClient> current;

	private final LongSupplier begun;

	private final CrashControl control;

	/**
	 * For a process.
	 * @param current the client of the life that is
	 * @param begun how many lives have begun
	 * @param control knows whether it is crashing
	 */
	Lives(Supplier<WorkflowClient> current, LongSupplier begun, CrashControl control) {
		this.current = current;
		this.begun = begun;
		this.control = control;
	}

	/**
	 * Asks the process, and asks again if it died meanwhile.
	 * @param <T> type of the answer
	 * @param call asks; may be called again
	 * @return the answer
	 */
	<T> T ask(Function<WorkflowClient, T> call) {
		while (true) {
			control.awaitRestart();
			WorkflowClient asked = current.get();
			try {
				return call.apply(asked);
			}
			catch (RuntimeException ex) {
				if (asked == current.get() && !control.isCrashing()) {
					throw ex;
				}
			}
		}
	}

	/**
	 * How many lives have begun.
	 * @return the number
	 */
	long begun() {
		return begun.getAsLong();
	}

}
