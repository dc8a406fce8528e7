package io.reprise;

/**
 * Where a run stands. Filters and displays write the {@link #displayName()}.
 */
public enum WorkflowStatus {

	RUNNING("Running"),

	COMPLETED("Completed"),

	FAILED("Failed"),

	CANCELED("Canceled"),

	TERMINATED("Terminated"),

	/** It did not end within its run time-out, or its execution time-out. */
	TIMED_OUT("TimedOut"),

	/** It goes on in another run of the same workflow id. */
	CONTINUED_AS_NEW("ContinuedAsNew");

	private final String displayName;

	WorkflowStatus(String displayName) {
		this.displayName = displayName;
	}

	public String displayName() {
		return displayName;
	}

	/**
	 * Whether the run has ended.
	 * @return {@code true} for all but {@link #RUNNING}
	 */
	public boolean isClosed() {
		return this != RUNNING;
	}

}
