package io.reprise.replay;

/**
 * Is told when workflow code begins and ceases to run, so that a detector can see code
 * that does not come to rest. Called for every slice, also while replaying, answering a
 * query and unwinding; on the driving thread, or on that of the workflow where it waits
 * for the platform in the middle of a slice. Must be quick and must not throw.
 */
public interface SliceListener {

	/** A listener that does nothing. */
	SliceListener NONE = new SliceListener() {

		@Override
		public void sliceStarted(WorkflowMachine machine, Thread coroutine) {
			// nobody watches
		}

		@Override
		public void sliceEnded(WorkflowMachine machine) {
			// nobody watches
		}

	};

	/**
	 * The baton goes to a coroutine.
	 * @param machine the machine, on which {@link WorkflowMachine#abandon} frees the
	 * driver if the slice never ends
	 * @param coroutine the thread that is about to run
	 */
	void sliceStarted(WorkflowMachine machine, Thread coroutine);

	/**
	 * The driver has the baton again.
	 * @param machine the machine
	 */
	void sliceEnded(WorkflowMachine machine);

}
