package io.reprise.protocol;

/**
 * Whether a command still found its target open.
 */
public enum RaceOutcome {

	/** The command took effect. */
	APPLIED,
	/** The target had settled first; the command changed nothing. */
	LOST_RACE

}
