package io.reprise.protocol;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a run follows from others of its workflow id.
 *
 * @param firstRunId the run that somebody started
 * @param previousRunId the run before
 * @param attempt the how manyth attempt it is, from 1
 * @param deadline when all runs together must be over, {@code null} for no limit
 * @param lastResult what the last run returned that did, {@code null} if none has
 * @param requestIds request ids of the messages that runs before it have taken, so that
 * the same message sent again is recognised; the latest of them
 */
public record RunChain(String firstRunId, String previousRunId, int attempt, @Nullable Instant deadline,
		@Nullable Payload lastResult, List<String> requestIds) {

	public RunChain {
		requestIds = List.copyOf(requestIds);
	}

}
