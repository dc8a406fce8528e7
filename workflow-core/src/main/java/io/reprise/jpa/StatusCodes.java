package io.reprise.jpa;

import io.reprise.WorkflowStatus;

/** The numbers that stand for {@link WorkflowStatus} in the tables. Frozen. */
final class StatusCodes {

	static final short RUNNING = 0;

	private StatusCodes() {
	}

	static short codeOf(WorkflowStatus status) {
		return switch (status) {
			case RUNNING -> RUNNING;
			case COMPLETED -> 1;
			case FAILED -> 2;
			case CANCELED -> 3;
			case TERMINATED -> 4;
			case TIMED_OUT -> 5;
			case CONTINUED_AS_NEW -> 6;
		};
	}

	static WorkflowStatus statusOf(short code) {
		for (WorkflowStatus status : WorkflowStatus.values()) {
			if (codeOf(status) == code) {
				return status;
			}
		}
		throw new IllegalStateException("Expected the code of a workflow status, but found " + code
				+ " in workflow_execution: a newer build wrote it; upgrade this one");
	}

}
