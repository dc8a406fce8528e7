package io.reprise.it.proof;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import io.reprise.AllowNonDeterminism;

/**
 * Moments at which a process can be made to end without a word, as a power cut would end
 * it. Which one, and the how manieth time, is said by system properties.
 */
@AllowNonDeterminism("it stops the process, in which nothing is decided any more")
enum HaltPoint {

	/** Decided, and nothing of it written. */
	BEFORE_COMMIT,
	/** Written, and nobody told. */
	AFTER_COMMIT_BEFORE_ANSWER,
	/** Callers told, and nothing carried out. */
	AFTER_ANSWER_BEFORE_EFFECTS,
	/** In the middle of a workflow's code. */
	IN_TURN,
	/** An activity has done its work, and its result is not handed in. */
	IN_ACTIVITY_BEFORE_REPORT,
	/** Another's runs are taken over, and none of their work is handed out. */
	AFTER_ADOPTION_BEFORE_DISPATCH,
	/** A node has joined, and does nothing yet. */
	AFTER_JOIN;

	static final String POINT = "proof.halt.point";

	static final String COUNT = "proof.halt.count";

	/** What a process prints before it halts. */
	static final String LINE = "halt at ";

	private static final String chosen = System.getProperty(POINT, "");

	private static final AtomicInteger left = new AtomicInteger(Integer.getInteger(COUNT, 1));

	/** Ends the process if this is the chosen moment. */
	void pass() {
		if (chosen.equals(name()) && left.decrementAndGet() == 0) {
			System.out.println(LINE + label());
			Runtime.getRuntime().halt(137);
		}
	}

	String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
