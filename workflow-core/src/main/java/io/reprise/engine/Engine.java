package io.reprise.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.engine.EngineHealth.State;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.spi.CommandGate;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.IdSource;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.StoreException;
import io.reprise.spi.TaskDispatch;
import io.reprise.spi.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine of one node: the gate, the clock that drives what is due, and this node's
 * place among the others. Started once and stopped once.
 */
public final class Engine implements CommandGate {

	private static final Logger logger = LoggerFactory.getLogger(Engine.class);

	private static final Duration FIRST_RECONNECT = Duration.ofMillis(500);

	private static final Duration LONGEST_RECONNECT = Duration.ofSeconds(10);

	private final EngineSettings settings;

	private final HistoryStore store;

	private final Ticker ticker;

	private final EngineHealth health = new EngineHealth();

	private final StoreClock clock;

	private final RunCache cache;

	private final RunWaiters waiters = new RunWaiters();

	private final HeldUpdates heldUpdates = new HeldUpdates();

	private final UpdateCalls updateCalls;

	private final WakeUps wakeUps;

	private final Messenger messenger;

	private final EffectRunner effects;

	private final TurnsAhead turnsAhead;

	private final Membership membership;

	private final Identity identity;

	private final Sweeps sweeps;

	private final RunReader reader;

	/** Until this node drains. */
	private final Housekeeping duties;

	/** Until it stops: without its lease a node that drains would count as gone. */
	private final Housekeeping vitals;

	private final ThreadFactory threads;

	private final ConnectFailures connectFailures = new ConnectFailures();

	private final HeldStarts heldStarts;

	private final HandOver handOver;

	private final SingleFlight committedSearch;

	private final CallerCommands callerCommands;

	private final AtomicInteger inBackground = new AtomicInteger();

	private final CronNextRuns nextRuns;

	private volatile @Nullable Lanes lanes;

	public Engine(EngineSettings settings, HistoryStore store, NodeRegistry registry, TaskDispatch dispatch,
			Ticker ticker, IdSource ids, Supplier<Set<String>> workflowTypes) {
		this.settings = settings;
		this.store = store;
		this.ticker = ticker;
		this.threads = Thread.ofVirtual().name("workflow-engine-", 0).factory();
		clock = new StoreClock(store, ticker, settings.clockSync());
		cache = new RunCache(settings.cachedRuns());
		wakeUps = new WakeUps(ticker, clock, settings.sweepInterval().multipliedBy(5),
				(key) -> submitInBackground(new Command.FireDue(key)));
		messenger = new Messenger(this::submit, (key) -> runs().next(key), ticker, threads);
		effects = new EffectRunner(dispatch, wakeUps, waiters, heldUpdates, this::updatesChanged, messenger);
		turnsAhead = new TurnsAhead(dispatch, ticker, heldUpdates, this::submit);
		membership = new Membership(registry, ids, settings.lease(), new LeaseGuard(ticker, dispatch, settings.lease()),
				workflowTypes, this::submit);
		identity = new Identity(membership, cache, wakeUps, health);
		committedSearch = new SingleFlight(threads, this::takeCommitted);
		reader = new RunReader(store, cache, waiters, membership::nodeId, committedSearch::request);
		updateCalls = new UpdateCalls(reader, settings.mayHaveOthers(), this::submit, ticker, threads, clock::now);
		sweeps = new Sweeps(store, clock, wakeUps, membership, health, settings, this::submit, reader,
				(runId) -> cache.get(runId) != null, new TroubledRuns(ticker));
		duties = new Housekeeping(ticker, threads, health);
		vitals = new Housekeeping(ticker, threads, health);
		handOver = new HandOver(store, dispatch, ticker, workflowTypes, membership::isAdopting, this::submit,
				this::submitInBackground);
		heldStarts = new HeldStarts(ticker, threads, settings.clientTimeout(), this::submit);
		nextRuns = new CronNextRuns(ids);
		callerCommands = new CallerCommands(clock, settings.limits(), nextRuns,
				() -> (lanes == null) ? notRunning() : null, committedSearch::request);
	}

	public EngineHealth health() {
		return health;
	}

	/**
	 * Which node this is. It becomes another one if it is taken for gone.
	 * @return the id it joined with, empty before it has
	 */
	public String nodeId() {
		return membership.nodeId();
	}

	/**
	 * What reads runs.
	 * @return the reader
	 */
	public RunReader runs() {
		return reader;
	}

	/**
	 * What sends updates and waits for their outcomes.
	 * @return the calls
	 */
	public UpdateCalls updates() {
		return updateCalls;
	}

	private void updatesChanged(Draft draft) {
		updateCalls.changed(draft);
	}

	/**
	 * Commands that take effect with a transaction of the caller's.
	 * @return what they need of the engine
	 */
	public CallerCommands callerCommands() {
		return callerCommands;
	}

	/**
	 * Starts. If the store cannot be reached, goes on trying in the background.
	 * @throws WorkflowException if the store can be reached but not be used
	 */
	public void start() {
		health.moveTo(State.CONNECTING);
		try {
			connect();
		}
		catch (StoreException ex) {
			if (ex.outcome() == StoreException.Outcome.REFUSED) {
				health.moveTo(State.STOPPED);
				throw ex;
			}
			health.storeFailed(EngineHealth.CONNECTION, ex);
			logger.warn("Expected to reach the workflow store, but could not: {}. Workflows wait; it is tried again "
					+ "until it succeeds", ex.getMessage());
			reconnectAfter(FIRST_RECONNECT);
		}
	}

	private void connect() {
		store.open();
		clock.sync();
		membership.join();
		Lanes opened = new Lanes(settings, store.commitsInAnyThread(), threads, this::newProcessor, ticker);
		lanes = opened;
		health.storeReached();
		if (!health.move(State.CONNECTING, State.RUNNING)) {
			// Stopped meanwhile, by somebody who saw no lanes to close.
			lanes = null;
			opened.close(notRunning());
			identity.leave(true);
			return;
		}
		schedule();
		takeOver();
		duties.attempt("due-sweep", sweeps::due);
		logger.info("Workflow engine runs as node {}", membership.nodeId());
	}

	/**
	 * Takes over what nodes that are gone left undone.
	 */
	private void takeOver() {
		adopt(() -> membership.adoptFromGone(handOver::mayTake));
	}

	/**
	 * Takes what transactions of the application have started and sent.
	 */
	private void takeCommitted() {
		if (health.state() == State.RUNNING) {
			adopt(membership::claim);
			duties.attempt("inbox-sweep", sweeps::inbox);
		}
	}

	private void adopt(Runnable adoption) {
		duties.attempt("takeover", () -> {
			identity.changeIfUnsure();
			try {
				adoption.run();
			}
			catch (StoreException ex) {
				identity.changeIfUnsure();
				throw ex;
			}
		});
	}

	private BatchProcessor newProcessor() {
		BatchCommit commit = new BatchCommit(store, cache, heldUpdates, clock, settings.limits(), nextRuns, effects,
				turnsAhead, heldStarts, handOver, membership::nodeId, health);
		return new BatchProcessor(commit, ticker, settings.clientTimeout(), health);
	}

	private void reconnectAfter(Duration delay) {
		ticker.schedule(delay, () -> threads.newThread(() -> {
			if (health.state() != State.CONNECTING) {
				return;
			}
			try {
				connect();
			}
			catch (RuntimeException ex) {
				health.storeFailed(EngineHealth.CONNECTION, ex);
				connectFailures.report(ex);
				Duration doubled = delay.multipliedBy(2);
				reconnectAfter((doubled.compareTo(LONGEST_RECONNECT) < 0) ? doubled : LONGEST_RECONNECT);
			}
		}).start());
	}

	private void schedule() {
		duties.every(settings.sweepInterval(), "due-sweep", sweeps::due);
		duties.everySilently(settings.sweepInterval().dividedBy(2), "takeover", this::takeOver);
		duties.everySilently(settings.sweepInterval().dividedBy(4), "claim", () -> adopt(membership::claim));
		duties.everySilently(settings.sweepInterval().multipliedBy(5), "stalled-count", sweeps::countStalled);
		vitals.every(settings.sweepInterval().dividedBy(2), "inbox-sweep", sweeps::inbox);
		vitals.everySilently(settings.sweepInterval(), "waiter-sweep", sweeps::waiters);
		vitals.everySilently(settings.sweepInterval().multipliedBy(60), "untold", membership::tellAgain);
		vitals.every(settings.lease().dividedBy(3), EngineHealth.LEASE, identity::renew);
		if (!settings.clockSync().isZero()) {
			vitals.everySilently(settings.clockSync(), "clock", clock::sync);
		}
		if (settings.retention().isPositive()) {
			duties.everySilently(settings.retentionInterval(), "retention", sweeps::retention);
		}
	}

	@Override
	public CompletableFuture<CommandResult> submit(Command command) {
		Submission submission = new Submission(command, ticker.nanos());
		submit(submission);
		return submission.answer();
	}

	private void submit(Submission submission) {
		Lanes current = lanes;
		if (current != null) {
			current.submit(submission);
		}
		else {
			submission.answer().completeExceptionally(notRunning());
		}
	}

	private void submitInBackground(Command command) {
		inBackground.incrementAndGet();
		threads.newThread(() -> {
			try {
				submit(command);
			}
			finally {
				inBackground.decrementAndGet();
			}
		}).start();
	}

	private WorkflowException notRunning() {
		String storeError = health.storeError();
		if (health.state() == State.CONNECTING) {
			return new WorkflowException(ErrorCode.STORE_UNAVAILABLE,
					"Expected the workflow engine to run, but it cannot reach its database yet"
							+ ((storeError != null) ? ": " + storeError : "") + ". Try again when its health is UP");
		}
		return new WorkflowException(ErrorCode.ENGINE_NOT_RUNNING, "Expected the workflow engine to run, but it is "
				+ health.state() + ". Use the client after the application has started and before it stops");
	}

	/**
	 * Whether nothing is decided or waits to be.
	 * @return {@code true} if all lanes are idle
	 */
	public boolean isIdle() {
		Lanes current = lanes;
		return inBackground.get() == 0 && messenger.isIdle() && committedSearch.isIdle()
				&& (current == null || current.isIdle());
	}

	/**
	 * Begins to stop: runs that have nothing under way here that must end here are left
	 * to others. What workers and clients hand in is still taken.
	 */
	public void drain() {
		if (health.state() == State.STOPPED || health.state() == State.DRAINING) {
			return;
		}
		boolean joined = health.state() == State.RUNNING;
		health.moveTo(State.DRAINING);
		duties.stop();
		membership.stopAdopting();
		wakeUps.clear();
		handOver.begin();
		if (joined) {
			threads.newThread(this::handOver).start();
			vitals.everySilently(HandOver.interval(settings.sweepInterval()), "hand-over", this::handOver);
		}
	}

	private void handOver() {
		if (health.state() == State.DRAINING) {
			vitals.attempt("hand-over", () -> handOver.sweep(membership.nodeId()));
		}
	}

	/**
	 * Stops, and hands its runs over to whoever comes next.
	 * @param drained whether no attempt of an activity is under way any more
	 */
	public void stop(boolean drained) {
		drain();
		vitals.stop();
		wakeUps.clear();
		Lanes closing = lanes;
		lanes = null;
		health.moveTo(State.STOPPED);
		if (closing != null) {
			closing.close(notRunning());
		}
		heldStarts.close(notRunning());
		waiters.failAll(notRunning());
		heldUpdates.failAll(notRunning());
		updateCalls.failAll(notRunning());
		if (closing != null) {
			identity.leave(drained);
		}
	}

}
