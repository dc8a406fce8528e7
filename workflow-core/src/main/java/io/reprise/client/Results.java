package io.reprise.client;

import java.lang.reflect.Type;

import io.reprise.TerminatedFailure;
import io.reprise.WorkflowFailedException;
import io.reprise.convert.FailureConverter;
import io.reprise.engine.ClosedRun;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.spi.PayloadConverter;
import org.jspecify.annotations.Nullable;

/**
 * Turns the event that closed a run into a result or an exception.
 */
final class Results {

	private Results() {
	}

	static @Nullable Object of(ClosedRun run, Type type, PayloadConverter converter, FailureConverter failures) {
		return switch (run.event()) {
			case HistoryEvent.WorkflowCompleted completed -> converter.fromPayload(completed.result(), type);
			case HistoryEvent.WorkflowFailed failed -> throw failure(run, failures.toException(failed.failure()));
			case HistoryEvent.WorkflowCanceled canceled -> throw failure(run, failures.toException(canceled.failure()));
			case HistoryEvent.WorkflowTimedOut timedOut -> throw failure(run, failures.toException(timedOut.failure()));
			case HistoryEvent.WorkflowContinuedAsNew continued -> throw failure(run, null);
			case HistoryEvent.WorkflowTerminated terminated ->
				throw failure(run, new TerminatedFailure(terminated.reason()));
			default -> throw new IllegalStateException("Expected the last event of " + run.key()
					+ " to close it, but it is " + run.event().getClass().getSimpleName());
		};
	}

	private static WorkflowFailedException failure(ClosedRun run, @Nullable Throwable cause) {
		ExecutionKey next = run.next();
		return new WorkflowFailedException(run.key().workflowId(), run.key().runId(), run.workflowType(), run.status(),
				(next != null) ? next.runId() : null, cause);
	}

}
