package io.reprise.it.proof;

import java.util.concurrent.CompletableFuture;

/** What clients send their requests to. */
interface Node {

	/**
	 * Whether it can be asked.
	 * @return {@code true} if it has started and not ended
	 */
	boolean isReady();

	/**
	 * Asks for something.
	 * @param request operation and arguments
	 * @return the answer, with {@code ok} or {@code no} before it; fails when the node
	 * dies
	 */
	CompletableFuture<String> request(String request);

}
