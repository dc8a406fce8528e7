package io.reprise.replay;

/**
 * What a scope can hold open.
 */
sealed interface Cancellable permits Scope, OpenTarget {

	/**
	 * Ends it, unless it has ended.
	 * @param why goes into the failure of whoever waits
	 */
	void cancel(String why);

}
