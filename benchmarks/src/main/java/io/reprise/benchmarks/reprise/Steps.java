package io.reprise.benchmarks.reprise;

import io.reprise.Activity;

/**
 * Activities that do nothing.
 */
@Activity
public class Steps {

	/**
	 * Does nothing.
	 * @param text a small text
	 * @return the same text
	 */
	public String pass(String text) {
		return text;
	}

}
