package io.reprise.spi;

/**
 * What became of a {@link RunWrite}.
 */
public enum WriteOutcome {

	/** It is durable. */
	WRITTEN,
	/** The run has another version: reload and decide again. */
	LOST_RACE,
	/**
	 * A message was left for the run that has to be seen first: reload, read the inbox
	 * and decide again.
	 */
	MESSAGE_LEFT,
	/**
	 * The run was to be created, be it closed already, but its workflow id has an open
	 * run.
	 */
	OPEN_RUN_EXISTS,
	/**
	 * The run was to be created, but its workflow id has a run that began after the
	 * latest one that was known: look at it and decide again.
	 */
	NEWER_RUN_EXISTS,
	/**
	 * The run was to be created, but a transaction of an application that has not ended
	 * creates one with its workflow id. What comes of that is not known: try again later.
	 */
	ID_HELD

}
