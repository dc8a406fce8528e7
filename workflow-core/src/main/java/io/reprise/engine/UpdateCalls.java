package io.reprise.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.WorkflowNotFoundException;
import io.reprise.engine.RunReader.RunView;
import io.reprise.kernel.RunState;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.UpdateRejection;
import io.reprise.spi.StoreException;
import io.reprise.spi.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Sends updates until they are answered, and waits for what they come to. An update that
 * is not accepted yet is in the memory of one node, so it is sent again, by the same id;
 * of what another node does with it only the store tells.
 */
public final class UpdateCalls {

	private static final Duration FIRST_LOOK = Duration.ofMillis(20);

	private static final Duration LAST_LOOK = Duration.ofSeconds(1);

	private static final Duration SEND_AGAIN = Duration.ofSeconds(2);

	private final RunReader reader;

	/** Whether other nodes may have runs, of which only the store tells. */
	private final boolean others;

	private final Function<Command, CompletableFuture<CommandResult>> gate;

	private final Ticker ticker;

	private final ThreadFactory threads;

	private final Supplier<Instant> clock;

	/** Who waits for the outcomes of updates, by run. */
	private final Map<String, List<Outcome>> awaited = new ConcurrentHashMap<>();

	UpdateCalls(RunReader reader, boolean others, Function<Command, CompletableFuture<CommandResult>> gate,
			Ticker ticker, ThreadFactory threads, Supplier<Instant> clock) {
		this.reader = reader;
		this.others = others;
		this.gate = gate;
		this.ticker = ticker;
		this.threads = threads;
		this.clock = clock;
	}

	/**
	 * Sends an update until it is accepted or rejected.
	 * @param update the update, to a run, or to the latest run if its run id is empty
	 * @param timeout how long to go on
	 * @return {@code Accepted}, {@code Duplicate} if it had been accepted before, or
	 * {@code Rejected}, with {@code UPDATE_TIMEOUT} if time ran out
	 */
	public CompletableFuture<CommandResult> send(Command.UpdateWorkflow update, Duration timeout) {
		Sending sending = new Sending(update, ticker.nanos() + timeout.toNanos(), timeout);
		try {
			sending.run = resolve(update.key());
		}
		catch (WorkflowNotFoundException ex) {
			return CompletableFuture
				.completedFuture(new CommandResult.Rejected(ex.code(), String.valueOf(ex.getMessage())));
		}
		sending.begin();
		return sending.answer;
	}

	/**
	 * Completed when it is known what an accepted update came to.
	 * @param key the run
	 * @param updateId the update
	 * @return the outcome, empty if the run closed before; cancel it to give up
	 */
	public CompletableFuture<Optional<HistoryEvent.UpdateCompleted>> outcome(ExecutionKey key, String updateId) {
		Outcome outcome = new Outcome(key, updateId);
		awaited.compute(key.runId(), (same, known) -> {
			List<Outcome> all = (known != null) ? known : new CopyOnWriteArrayList<>();
			all.add(outcome);
			return all;
		});
		outcome.answer.whenComplete((result, failure) -> awaited.computeIfPresent(key.runId(), (same, all) -> {
			all.remove(outcome);
			return all.isEmpty() ? null : all;
		}));
		outcome.look(FIRST_LOOK);
		return outcome.answer;
	}

	/**
	 * A draft is durable.
	 */
	void changed(Draft draft) {
		if (awaited.isEmpty()) {
			return;
		}
		List<Outcome> waiting = awaited.get(draft.key().runId());
		if (waiting == null) {
			return;
		}
		for (HistoryEvent event : draft.events()) {
			if (event instanceof HistoryEvent.UpdateCompleted completed) {
				waiting.stream()
					.filter((each) -> each.updateId.equals(completed.updateId()))
					.forEach((each) -> each.answer.complete(Optional.of(completed)));
			}
		}
		if (draft.closingEvent() != null) {
			// Unless it is answered, which was long before
			waiting.forEach((each) -> each.look(FIRST_LOOK));
		}
	}

	void failAll(RuntimeException failure) {
		awaited.values().forEach((all) -> all.forEach((each) -> each.answer.completeExceptionally(failure)));
	}

	private void onThread(Runnable work) {
		threads.newThread(work).start();
	}

	/** One run only, lest it be done again by a later one. */
	private ExecutionKey resolve(ExecutionKey key) {
		try {
			return reader.resolve(key);
		}
		catch (StoreException ex) {
			return key;
		}
	}

	private @Nullable RunView read(ExecutionKey key) {
		try {
			return reader.read(key);
		}
		catch (StoreException ex) {
			return null;
		}
	}

	private static Duration doubled(Duration delay) {
		Duration next = delay.multipliedBy(2);
		return (next.compareTo(LAST_LOOK) < 0) ? next : LAST_LOOK;
	}

	/**
	 * One update on its way.
	 */
	private final class Sending {

		private final Command.UpdateWorkflow update;

		private final long deadline;

		private final Duration timeout;

		private final Instant since = clock.get();

		private final CompletableFuture<CommandResult> answer = new CompletableFuture<>();

		/** Whether looks follow each other; one such chain is enough. */
		private final AtomicBoolean looking = new AtomicBoolean();

		private volatile ExecutionKey run;

		private volatile Ticker.@Nullable Scheduled again;

		Sending(Command.UpdateWorkflow update, long deadline, Duration timeout) {
			this.update = update;
			this.deadline = deadline;
			this.timeout = timeout;
			run = update.key();
			answer.whenComplete((result, failure) -> takeBackNextTry());
		}

		void begin() {
			send();
			tryAgainLater();
		}

		private void tryAgainLater() {
			Duration left = Duration.ofNanos(Math.max(0, deadline - ticker.nanos()));
			again = ticker.schedule((left.compareTo(SEND_AGAIN) < 0) ? left : SEND_AGAIN,
					() -> onThread(this::sendAgain));
			if (answer.isDone()) {
				takeBackNextTry();
			}
		}

		private void takeBackNextTry() {
			Ticker.Scheduled next = again;
			if (next != null) {
				next.cancel();
			}
		}

		private void send() {
			Command.UpdateWorkflow now = new Command.UpdateWorkflow(run, update.updateId(), update.name(),
					update.arguments());
			gate.apply(now).whenComplete((result, failure) -> {
				if (failure != null) {
					failed(failure);
				}
				else if (result instanceof CommandResult.Stale) {
					if (looking.compareAndSet(false, true)) {
						lookLater(FIRST_LOOK);
					}
				}
				else if (isClosed(result)) {
					onThread(this::goOnToNextRun);
				}
				else {
					answer.complete(result);
				}
			});
		}

		private void sendAgain() {
			if (answer.isDone()) {
				return;
			}
			if (deadline - ticker.nanos() <= 0) {
				answer.complete(new CommandResult.Rejected(ErrorCode.UPDATE_TIMEOUT,
						"Expected workflow %s to take update '%s' (%s) within %s, but it has not said whether it does. Send it again with the same id, and see describe() for what the workflow waits for"
							.formatted(run, update.name(), update.updateId(), timeout)));
				return;
			}
			begin();
		}

		/** What cannot be reached now is sent again; who stops will not be. */
		private void failed(Throwable failure) {
			Throwable cause = (failure.getCause() != null) ? failure.getCause() : failure;
			if (!(cause instanceof WorkflowException workflow && workflow.code() == ErrorCode.STORE_UNAVAILABLE)) {
				answer.completeExceptionally(cause);
			}
		}

		private void lookLater(Duration delay) {
			ticker.schedule(delay, () -> onThread(() -> {
				try {
					if (!answer.isDone() && !look()) {
						lookLater(doubled(delay));
					}
				}
				catch (RuntimeException ex) {
					looking.set(false);
					throw ex;
				}
			}));
		}

		/** Another node decides: has it? */
		private boolean look() {
			RunView view = read(run);
			if (view == null) {
				return false;
			}
			RunState state = view.run().state();
			UpdateRejection rejection = view.run().overlay().rejectionOf(update.updateId(), since);
			if (state.hasUpdate(update.updateId())) {
				answer.complete(new CommandResult.Accepted(state.key(), state.lastMarkerId()));
			}
			else if (rejection != null) {
				answer.complete(new CommandResult.Rejected(rejection.code(), rejection.message(), rejection.failure()));
			}
			else if (state.isClosed()) {
				looking.set(false);
				send();
			}
			return answer.isDone() || state.isClosed();
		}

		private boolean isClosed(CommandResult result) {
			return result instanceof CommandResult.Rejected rejected && rejected.code() == ErrorCode.WORKFLOW_CLOSED;
		}

		/**
		 * The run has ended and never taken it. If another follows, it gets the update.
		 */
		private void goOnToNextRun() {
			ExecutionKey closed = run;
			if (update.key().runId().isEmpty()) {
				RunView latest = read(update.key());
				if (latest == null) {
					// Sent again later
					return;
				}
				if (latest.isOpen()) {
					if (!latest.record().key().equals(closed)) {
						run = latest.record().key();
						send();
					}
					return;
				}
			}
			answer.complete(new CommandResult.Rejected(ErrorCode.WORKFLOW_CLOSED,
					"Expected workflow %s to take update '%s' (%s), but it has ended. Start it anew".formatted(closed,
							update.name(), update.updateId())));
		}

	}

	/**
	 * Somebody who waits for an outcome.
	 */
	private final class Outcome {

		private final ExecutionKey key;

		private final String updateId;

		private final CompletableFuture<Optional<HistoryEvent.UpdateCompleted>> answer = new CompletableFuture<>();

		Outcome(ExecutionKey key, String updateId) {
			this.key = key;
			this.updateId = updateId;
		}

		/** Another node may be the one that learns of it. */
		void look(Duration delay) {
			onThread(() -> {
				boolean seen = lookOnce();
				if (!answer.isDone() && (others || !seen)) {
					ticker.schedule(delay, () -> look(doubled(delay)));
				}
			});
		}

		boolean lookOnce() {
			try {
				RunView view = reader.read(key);
				long completedBy = view.run().state().updateCompletedBy(updateId);
				if (completedBy > 0) {
					answer.complete(Optional.of(find(completedBy)));
				}
				else if (!view.isOpen()) {
					answer.complete(Optional.empty());
				}
			}
			catch (StoreException ex) {
				return false;
			}
			catch (RuntimeException ex) {
				answer.completeExceptionally(ex);
			}
			return true;
		}

		private HistoryEvent.UpdateCompleted find(long eventId) {
			for (RecordedEvent recorded : reader.history(key.runId())) {
				if (recorded.id() == eventId && recorded.event() instanceof HistoryEvent.UpdateCompleted completed) {
					return completed;
				}
			}
			throw new IllegalStateException(
					"Expected event %d of %s to complete update '%s', but it does not; the history is damaged"
						.formatted(eventId, key, updateId));
		}

	}

}
