package io.reprise;

/**
 * The times that can run out.
 */
public enum TimeoutType {

	/** One attempt took too long. */
	START_TO_CLOSE,
	/** All attempts together took too long. */
	SCHEDULE_TO_CLOSE,
	/** An attempt waited too long for a worker. */
	SCHEDULE_TO_START,
	/** An attempt was silent for too long. */
	HEARTBEAT

}
