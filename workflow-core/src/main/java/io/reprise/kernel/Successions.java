package io.reprise.kernel;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;

import io.reprise.Lifetime;
import io.reprise.RetrySettings;
import io.reprise.kernel.Decision.Accepted;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.HistoryEvent.WorkflowStarted;
import io.reprise.protocol.Payload;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.RetryPolicy;
import io.reprise.protocol.RunChain;
import io.reprise.protocol.RunTerms;
import org.jspecify.annotations.Nullable;

/**
 * Lets one run follow another: because the workflow continues as new, is retried, or is
 * due again. See {@code docs/adr/0022-next-run-in-the-closing-transaction.md}.
 */
final class Successions {

	/** How many messages of the past a run recognises. */
	static final int REQUEST_IDS = 1_000;

	private final RunState state;

	private final DecisionContext context;

	private final Lifetime lifetime;

	private final @Nullable RunChain chain;

	private Successions(RunState state, DecisionContext context) {
		this.state = state;
		this.context = context;
		RunTerms terms = terms(state);
		lifetime = (terms != null) ? terms.lifetime() : Lifetime.UNLIMITED;
		chain = (terms != null) ? terms.chain() : null;
	}

	/**
	 * Closes a run, and begins the next if there is to be one.
	 * @param state the run before
	 * @param events what closes it
	 * @param deliveredUpTo messages after this id go to the next run
	 * @param context what is needed to decide
	 * @return the decision
	 */
	static Accepted close(RunState state, List<HistoryEvent> events, long deliveredUpTo, DecisionContext context) {
		HistoryEvent closing = events.getLast();
		if (state.started() == null && !(closing instanceof HistoryEvent.WorkflowContinuedAsNew)) {
			return new Accepted(events, RunOverlay.EMPTY);
		}
		return new Successions(state, context).close(events, deliveredUpTo);
	}

	/**
	 * When a run is due by a cron expression.
	 * @param lifetime says the expression
	 * @param context what is needed to decide
	 * @return the time, or {@code null} if there is no expression, or none that is due
	 */
	static @Nullable Instant nextTime(Lifetime lifetime, DecisionContext context) {
		if (lifetime.cron() == null) {
			return null;
		}
		ZoneId zone = (lifetime.cronZone() != null) ? lifetime.cronZone() : ZoneOffset.UTC;
		Instant time = context.nextRuns().nextTime(lifetime.cron(), zone, context.now());
		return (time != null) ? Times.storable(time) : null;
	}

	static @Nullable RunTerms terms(RunState state) {
		return (state.started() != null) ? state.started().terms() : null;
	}

	private Accepted close(List<HistoryEvent> events, long deliveredUpTo) {
		Next next = next(events.getLast());
		if (next == null) {
			return new Accepted(events, RunOverlay.EMPTY);
		}
		List<HistoryEvent> closed = new ArrayList<>(events);
		closed.set(closed.size() - 1, next.closing);
		ExecutionKey key = state.key();
		ExecutionKey nextKey = new ExecutionKey(key.namespace(), key.workflowId(),
				Objects.requireNonNull(next.closing.nextRunId()));
		return new Accepted(closed, RunOverlay.EMPTY,
				new NextRun(nextKey, begin(next, carried(deliveredUpTo)), RunOverlay.delayed(next.firstTurnAt)));
	}

	private @Nullable Next next(HistoryEvent closing) {
		if (state.cancelRequested() && !(closing instanceof HistoryEvent.WorkflowContinuedAsNew)) {
			// Whoever cancels means the workflow, not this run of it
			return null;
		}
		return switch (closing) {
			case HistoryEvent.WorkflowContinuedAsNew e ->
				new Next(e, e.workflowType(), e.arguments(), null, 1, lastResult());
			case HistoryEvent.WorkflowCompleted e -> {
				Instant time = timeToRepeat();
				yield (time != null)
						? same(new HistoryEvent.WorkflowCompleted(e.result(), newRunId()), time, 1, e.result()) : null;
			}
			case HistoryEvent.WorkflowFailed e -> {
				Start start = startAgain(e.failure());
				yield (start != null) ? same(new HistoryEvent.WorkflowFailed(e.failure(), newRunId()), start) : null;
			}
			case HistoryEvent.WorkflowTimedOut e -> {
				Start start = Times.isDue(Deadlines.ofChain(state), context.now()) ? null : startAgain(e.failure());
				yield (start != null) ? same(new HistoryEvent.WorkflowTimedOut(e.failure(), newRunId()), start) : null;
			}
			default -> null;
		};
	}

	private String newRunId() {
		return context.nextRuns().newRunId();
	}

	private @Nullable Start startAgain(Failure failure) {
		RetrySettings retry = lifetime.retry();
		if (retry != null) {
			int attempt = (chain != null) ? chain.attempt() : 1;
			ActivityPolicy policy = new ActivityPolicy(retry.initialInterval(), null, null, null,
					retry.maximumAttempts(), retry.initialInterval(), retry.backoffCoefficient(),
					retry.maximumInterval(), retry.nonRetryable());
			Instant time = Times.plus(context.now(), RetryPolicy.delay(policy, attempt, failure));
			if (RetryPolicy.allows(policy, Deadlines.ofChain(state), attempt, failure, time)) {
				return new Start(time, attempt + 1);
			}
		}
		Instant time = timeToRepeat();
		return (time != null) ? new Start(time, 1) : null;
	}

	private @Nullable Instant timeToRepeat() {
		Instant time = nextTime(lifetime, context);
		Instant deadline = Deadlines.ofChain(state);
		return (time != null && (deadline == null || time.isBefore(deadline))) ? time : null;
	}

	private @Nullable Payload lastResult() {
		return (chain != null) ? chain.lastResult() : null;
	}

	private Next same(HistoryEvent.Closing closing, Start start) {
		return same(closing, start.time, start.attempt, lastResult());
	}

	private Next same(HistoryEvent.Closing closing, Instant firstTurnAt, int attempt, @Nullable Payload lastResult) {
		WorkflowStarted started = Objects.requireNonNull(state.started());
		return new Next(closing, started.workflowType(), started.arguments(), firstTurnAt, attempt, lastResult);
	}

	private List<HistoryEvent> begin(Next next, List<HistoryEvent> carried) {
		RunChain link = new RunChain((chain != null) ? chain.firstRunId() : state.key().runId(), state.key().runId(),
				next.attempt, Deadlines.ofChain(state), next.lastResult, knownRequests(carried));
		List<HistoryEvent> events = new ArrayList<>(carried.size() + 1);
		events.add(new WorkflowStarted(next.workflowType, state.taskQueue(), next.arguments, state.startRequestId(),
				new RunTerms(lifetime, next.firstTurnAt, link), state.neighbours().parent()));
		events.addAll(carried);
		return events;
	}

	private List<String> knownRequests(List<HistoryEvent> carried) {
		SequencedSet<String> known = new LinkedHashSet<>(state.requestIds());
		carried.forEach((message) -> known.remove(((HistoryEvent.Message) message).requestId()));
		List<String> ids = List.copyOf(known);
		return ids.subList(Math.max(0, ids.size() - REQUEST_IDS), ids.size());
	}

	private List<HistoryEvent> carried(long deliveredUpTo) {
		return state.unseen()
			.stream()
			.filter((input) -> input.id() > deliveredUpTo && input.event() instanceof HistoryEvent.Message)
			.map(RecordedEvent::event)
			.toList();
	}

	private record Start(Instant time, int attempt) {

	}

	private record Next(HistoryEvent.Closing closing, String workflowType, Payload arguments,
			@Nullable Instant firstTurnAt, int attempt, @Nullable Payload lastResult) {

	}

}
