package io.reprise.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.reprise.kernel.Effect;
import io.reprise.kernel.Kernel;
import io.reprise.kernel.RunOverlay;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.TaskDispatch;
import io.reprise.spi.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which runs this node lets go of, so that others go on with them: those whose type it
 * does not know, and while it drains all of which no work is under way that has to end
 * here. See {@code docs/adr/0018-let-go-of-while-draining.md}.
 */
final class HandOver {

	private static final Logger logger = LoggerFactory.getLogger(HandOver.class);

	private static final int CHUNK = 500;

	private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

	/** A turn that has not ended by then may never have begun. */
	private static final Duration LONGEST_TURN = Duration.ofSeconds(1);

	/**
	 * How long a run is left to other builds, as long as until a stall is tried again.
	 */
	private static final Duration OFFER = Duration.ofSeconds(10);

	private final HistoryStore store;

	private final TaskDispatch dispatch;

	private final Supplier<Set<String>> workflowTypes;

	private final Function<Command, CompletableFuture<CommandResult>> gate;

	private final Consumer<Command> background;

	/** Turns that were handed out, and since when runs have been waiting for them. */
	private final Map<String, Awaited> turnsAwaited = new ConcurrentHashMap<>();

	/** Builds of this node that could not run a turn. */
	private final Set<String> buildsHere = ConcurrentHashMap.newKeySet();

	/** Owners' names under which runs were offered to other builds, and when last. */
	private final Map<String, Long> offered = new ConcurrentHashMap<>();

	private final Ticker ticker;

	/** Whether each type that was seen is one of this application. */
	private final Map<String, Boolean> types = new ConcurrentHashMap<>();

	private final BooleanSupplier isAdopting;

	private volatile boolean draining;

	HandOver(HistoryStore store, TaskDispatch dispatch, Ticker ticker, Supplier<Set<String>> workflowTypes,
			BooleanSupplier isAdopting, Function<Command, CompletableFuture<CommandResult>> gate,
			Consumer<Command> background) {
		this.store = store;
		this.dispatch = dispatch;
		this.ticker = ticker;
		this.workflowTypes = workflowTypes;
		this.isAdopting = isAdopting;
		this.gate = gate;
		this.background = background;
	}

	/**
	 * How often what is still owned is looked at while draining.
	 * @param sweepInterval how often others look for runs
	 * @return the interval
	 */
	static Duration interval(Duration sweepInterval) {
		return sweepInterval.dividedBy(4);
	}

	/** From here on, whatever is decided on is let go of if it can be. */
	void begin() {
		draining = true;
	}

	/**
	 * Has all runs decided on that this node owns. A decision, even if it changes
	 * nothing, is the moment to let go of a run: then nothing of it is between two hands.
	 * @param nodeId this node
	 */
	void sweep(String nodeId) {
		String after = "";
		List<ExecutionKey> owned;
		do {
			owned = store.owned(nodeId, after, CHUNK);
			List<CompletableFuture<CommandResult>> answers = new ArrayList<>(owned.size());
			owned.forEach((key) -> answers.add(gate.apply(new Command.TakeMessages(key)).exceptionally((ex) -> {
				logger.debug("Expected to let go of {}, but could not; it is handed over at the end", key, ex);
				return new CommandResult.Stale();
			})));
			answers.forEach(CompletableFuture::join);
			after = owned.isEmpty() ? after : owned.getLast().runId();
		}
		while (owned.size() == CHUNK);
	}

	/**
	 * Lets go of a run that is about to be written, if it can.
	 * @param draft the run
	 * @param nodeId this node
	 */
	void decideOn(Draft draft, String nodeId) {
		if (!draft.exists() || !draft.isOwnedOrIdle(nodeId) || !draft.run().hasOutstandingWork()) {
			return;
		}
		// A run that was taken over must be told so first: its attempts may be lost.
		// What a closed run has to tell others needs no code of its type
		if (draft.isOpen() && isForeignType(draft)) {
			draft.letGo(NodeRegistry.UNCLAIMED);
		}
		else if ((draining || isOffered(draft)) && isTold(draft) && !isUnderWay(draft)) {
			turnsAwaited.remove(draft.key().runId());
			draft.letGo(ownerFor(draft));
		}
	}

	/**
	 * A run that this build cannot go on with is first offered to others, which are found
	 * by a name that says so.
	 */
	private String ownerFor(Draft draft) {
		RunOverlay.Stall stall = draft.run().overlay().stall();
		if (stall == null || !isOffered(draft)) {
			return NodeRegistry.UNCLAIMED;
		}
		String owner = NodeRegistry.UNCLAIMED + "!" + Integer.toHexString(stall.buildId().hashCode());
		offered.put(owner, ticker.nanos());
		return owner;
	}

	/**
	 * A run that was just taken over may still say that some other build cannot go on.
	 */
	private boolean isOffered(Draft draft) {
		RunOverlay.Stall stall = draft.run().overlay().stall();
		if (stall == null || !stall.isOffered()) {
			return false;
		}
		if (draft.isStalledHere()) {
			buildsHere.add(stall.buildId());
		}
		return buildsHere.contains(stall.buildId());
	}

	/**
	 * Whether this node may take runs of an owner that is gone. What it has offered to
	 * other builds it leaves to them for a while.
	 * @param owner the owner
	 * @return {@code true} if so
	 */
	boolean mayTake(String owner) {
		Long last = offered.get(owner);
		return last == null || ticker.nanos() - last >= OFFER.toNanos();
	}

	/**
	 * Whether all that a run has outstanding may be handed out. While runs are taken
	 * over, this may be one of them that has yet to be told: an attempt that began
	 * elsewhere would begin again before it counts as lost. Then the run is looked at
	 * again later.
	 * @param draft the run
	 * @return {@code true} if so
	 */
	boolean mayRepeatEffects(Draft draft) {
		if (isTold(draft)) {
			return true;
		}
		ticker.schedule(LOOK_AGAIN, () -> background.accept(new Command.TakeMessages(draft.key())));
		return false;
	}

	private boolean isTold(Draft draft) {
		return draft.isTold() || !isAdopting.getAsBoolean() || draft.run().state().activities().isEmpty();
	}

	private boolean isForeignType(Draft draft) {
		return !types.computeIfAbsent(draft.run().state().workflowType(), (type) -> isKnown(type, draft.key()));
	}

	private boolean isKnown(String type, ExecutionKey key) {
		boolean known = workflowTypes.get().contains(type);
		if (!known) {
			logger
				.warn("Expected workflow type '{}' in this application, as {} has something to do, but there is none. "
						+ "The run waits for a process that has it. Deploy a build that does", type, key);
		}
		return known;
	}

	/**
	 * Attempts that have begun end here. So do turns, as far as can be told: what their
	 * local activities have done is recorded when they end.
	 */
	private boolean isUnderWay(Draft draft) {
		if (draft.isTurnRunning()) {
			return true;
		}
		Map<Integer, Integer> attempts = new HashMap<>();
		CachedRun before = draft.before();
		boolean isTurnNew = Kernel.asksForTurn((before != null) ? before.run() : null, draft.run());
		boolean turn = false;
		for (Effect effect : Kernel.effectsOf(draft.run())) {
			if (effect instanceof Effect.DispatchActivity activity) {
				attempts.put(activity.activityId(), activity.attempt());
			}
			turn |= effect instanceof Effect.DispatchTask && !isTurnNew;
		}
		return (turn && isAwaited(draft)) || !dispatch.withdraw(draft.key(), attempts);
	}

	/** Each turn has its own time: a run may have one after the other. */
	private boolean isAwaited(Draft draft) {
		long markerId = draft.run().state().lastMarkerId();
		long now = ticker.nanos();
		Awaited awaited = turnsAwaited.compute(draft.key().runId(),
				(runId, known) -> (known != null && known.markerId() == markerId) ? known : new Awaited(markerId, now));
		return now - awaited.since() < LONGEST_TURN.toNanos();
	}

	/**
	 * A turn that was handed out.
	 *
	 * @param markerId the marker it comes after
	 * @param since when it was first met, on the ticker
	 */
	private record Awaited(long markerId, long since) {

	}

}
