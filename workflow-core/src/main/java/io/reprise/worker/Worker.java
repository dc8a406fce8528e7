package io.reprise.worker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.reprise.convert.FailureConverter;
import io.reprise.definition.ActivityRegistry;
import io.reprise.definition.WorkflowRegistry;
import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Payload;
import io.reprise.protocol.WorkflowTask;
import io.reprise.replay.ActivityPolicies;
import io.reprise.replay.MachineServices;
import io.reprise.replay.ReplayLimits;
import io.reprise.spi.CommandGate;
import io.reprise.spi.PayloadConverter;
import io.reprise.spi.TaskDispatch;
import io.reprise.spi.Ticker;
import io.reprise.spi.TurnAhead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker in the same process as its engine: takes tasks by method call. Made first,
 * because the engine needs somebody to dispatch to, then connected to the gate.
 */
public final class Worker implements TaskDispatch {

	private static final Logger logger = LoggerFactory.getLogger(Worker.class);

	private static final Duration HAND_IN_TIMEOUT = Duration.ofSeconds(1);

	private final WorkerSettings settings;

	private final Ticker ticker;

	private final Ticker realTime;

	private final SlotPool turnSlots;

	private final SlotPool activitySlots;

	private final MachineCache cache;

	private final DeadlockDetector detector;

	private final SlotPool localSlots;

	private final LocalServices locals;

	private final ActivityRunner activities;

	private final WorkflowRegistry workflows;

	private final MachineServices services;

	private final AtomicLong dispatched = new AtomicLong();

	private volatile @Nullable CommandGate gate;

	private volatile @Nullable TurnRunner turns;

	private volatile @Nullable QueryRunner queries;

	/**
	 * Makes a worker.
	 * @param settings how it works
	 * @param workflows the workflow types it runs
	 * @param activityRegistry the activities it runs
	 * @param converter writes and reads values
	 * @param policies completes the options of activities
	 * @param limits what a run may use
	 * @param ticker time of time-outs and retries
	 * @param realTime the machine's time, for the deadlock detector and for looking again
	 * @param wallClock what tells activities their deadline
	 */
	public Worker(WorkerSettings settings, WorkflowRegistry workflows, ActivityRegistry activityRegistry,
			PayloadConverter converter, ActivityPolicies policies, ReplayLimits limits, Ticker ticker, Ticker realTime,
			InstantSource wallClock) {
		this.settings = settings;
		this.workflows = workflows;
		this.ticker = ticker;
		this.realTime = realTime;
		FailureConverter failures = new FailureConverter(converter);
		turnSlots = new SlotPool("turn", settings.workflowSlots());
		activitySlots = new SlotPool("activity", settings.activitySlots());
		cache = new MachineCache(settings.cachedWorkflows());
		detector = new DeadlockDetector(realTime, settings.deadlockTimeout());
		services = new MachineServices(converter, failures, policies, limits, detector);
		ActivityCode code = new ActivityCode(activityRegistry, converter, failures);
		activities = new ActivityRunner(code, converter, ticker, wallClock, limits.inlineBytes(), activitySlots,
				this::submit);
		localSlots = new SlotPool("local-activity", settings.localActivitySlots());
		locals = new LocalServices(code, converter, ticker, wallClock, limits.payloadBytes(), localSlots);
	}

	/**
	 * Connects the worker; from here on it takes tasks.
	 * @param commands where outcomes go
	 * @param runs where runs are read
	 */
	public void start(CommandGate commands, RunSource runs) {
		gate = commands;
		TurnRunner runner = new TurnRunner(workflows, services, locals, cache, runs, this::submit, settings.buildId(),
				turnSlots, settings.retryDelay(), (task, delay) -> ticker.schedule(delay, () -> dispatch(task)),
				this::dispatch);
		turns = runner;
		queries = new QueryRunner(runs, cache, runner, ticker, realTime, settings.queryTimeout());
		detector.start();
	}

	@Override
	public void dispatch(WorkflowTask task) {
		TurnRunner runner = required(turns);
		dispatched.incrementAndGet();
		turnSlots.execute(() -> runner.run(task));
	}

	@Override
	public boolean dispatchAhead(WorkflowTask task, TurnAhead turn) {
		TurnRunner runner = turns;
		if (runner == null || !runner.isReadyFor(task)) {
			return false;
		}
		dispatched.incrementAndGet();
		return turnSlots.tryExecute(() -> runner.runAhead(task, turn));
	}

	@Override
	public void dispatch(ActivityTask task) {
		dispatched.incrementAndGet();
		activities.run(task);
	}

	@Override
	public void suspendAttempts() {
		activities.suspend();
	}

	@Override
	public void resumeAttempts() {
		activities.resume();
	}

	@Override
	public void dropAttempts() {
		activities.dropWaiting();
	}

	@Override
	public void cancelActivity(ExecutionKey key, int activityId) {
		activities.cancel(key, activityId);
	}

	@Override
	public void runClosed(ExecutionKey key) {
		Thread.ofVirtual().name("workflow-evict").start(() -> cache.remove(key));
	}

	/**
	 * Answers a query.
	 * @param key a run, or the latest run if its run id is empty
	 * @param name name of the query
	 * @param arguments its arguments
	 * @return the answer
	 */
	public Payload query(ExecutionKey key, String name, Payload arguments) {
		return required(queries).query(key, name, arguments);
	}

	/**
	 * Drops all workflows from memory, as if each had been evicted.
	 */
	public void evictAll() {
		cache.clear();
	}

	/**
	 * Whether no task runs or waits, other than turns that wait for the time of a retry.
	 * @return {@code true} if so
	 */
	public boolean isIdle() {
		// What moves from one pool to the other while they are looked at is dispatched
		// meanwhile.
		long before = dispatched.get() + locals.launched();
		return localSlots.outstanding() == 0 && activitySlots.outstanding() == 0
				&& turnSlots.outstanding() == locals.waitingTurns() && dispatched.get() + locals.launched() == before;
	}

	@Override
	public boolean withdraw(ExecutionKey key, Map<Integer, Integer> attempts) {
		return !cache.isPinned(key.runId()) && activities.withdraw(key, attempts);
	}

	/**
	 * Begins no more attempts, except of runs that have one under way, and of these only
	 * for half of the time. Turns still run.
	 * @param timeout how long attempts may run
	 */
	public void beginDrain(Duration timeout) {
		activities.drain(ticker.nanos() + timeout.toNanos() / 2);
		locals.drain();
	}

	/**
	 * Whether everything has ended. From then on no attempt begins.
	 * @return {@code true} if so
	 */
	public boolean isDrained() {
		if (turnSlots.outstanding() > 0 || activitySlots.running() > 0) {
			return false;
		}
		activities.close();
		// One may have begun before that
		return activitySlots.running() == 0;
	}

	/**
	 * Waits until what runs has ended, and begins nothing that need not run here.
	 * @param timeout how long to wait
	 * @return whether all attempts have ended
	 */
	public boolean drain(Duration timeout) {
		beginDrain(timeout);
		boolean drained = awaitEnd(timeout);
		handInTurns(timeout);
		if (!drained) {
			logger.warn("Expected all activities to end within {}, but {} still run. Their workflows count the attempt "
					+ "as lost and go on after the restart", timeout, activitySlots.running());
		}
		return drained;
	}

	/**
	 * Turns that still wait for local activities hand in what they have got.
	 */
	private void handInTurns(Duration timeout) {
		if (locals.waitingTurns() > 0 && timeout.isPositive()) {
			locals.stop();
			cache.hurryAll();
			awaitEnd(HAND_IN_TIMEOUT);
		}
	}

	private boolean awaitEnd(Duration timeout) {
		long deadline = ticker.nanos() + timeout.toNanos();
		CountDownLatch pause = new CountDownLatch(1);
		try {
			while (!isDrained()) {
				if (ticker.nanos() >= deadline) {
					activities.close();
					return activitySlots.running() == 0;
				}
				pause.await(5, TimeUnit.MILLISECONDS);
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Unwinds the workflows in memory.
	 */
	public void stop() {
		turnSlots.stop();
		activitySlots.stop();
		locals.stop();
		detector.stop();
		cache.clear();
	}

	private CompletableFuture<CommandResult> submit(Command command) {
		return required(gate).submit(command);
	}

	private static <T> T required(@Nullable T part) {
		if (part == null) {
			throw new IllegalStateException("Expected the worker to be connected, but start() was not called");
		}
		return part;
	}

}
