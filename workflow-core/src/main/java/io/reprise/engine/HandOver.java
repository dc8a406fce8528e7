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
import java.util.function.Function;
import java.util.function.Supplier;

import io.reprise.kernel.Effect;
import io.reprise.kernel.Kernel;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.TaskDispatch;
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

	private final HistoryStore store;

	private final TaskDispatch dispatch;

	private final Supplier<Set<String>> workflowTypes;

	private final Function<Command, CompletableFuture<CommandResult>> gate;

	/** Runs that were left a moment for a turn to end. */
	private final Set<String> turnsAwaited = ConcurrentHashMap.newKeySet();

	/** Whether each type that was seen is one of this application. */
	private final Map<String, Boolean> types = new ConcurrentHashMap<>();

	private final BooleanSupplier isAdopting;

	private volatile boolean draining;

	HandOver(HistoryStore store, TaskDispatch dispatch, Supplier<Set<String>> workflowTypes,
			BooleanSupplier isAdopting, Function<Command, CompletableFuture<CommandResult>> gate) {
		this.store = store;
		this.dispatch = dispatch;
		this.workflowTypes = workflowTypes;
		this.isAdopting = isAdopting;
		this.gate = gate;
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
		// A run that was taken over must be told so first: its attempts may be lost
		if (isForeignType(draft) || (draining && !isAdopting.getAsBoolean() && !isUnderWay(draft))) {
			turnsAwaited.remove(draft.key().runId());
			draft.letGo();
		}
	}

	private boolean isForeignType(Draft draft) {
		return !types.computeIfAbsent(draft.run().state().workflowType(), (type) -> isKnown(type, draft.key()));
	}

	private boolean isKnown(String type, ExecutionKey key) {
		boolean known = workflowTypes.get().contains(type);
		if (!known) {
			logger.warn("Expected workflow type '{}' in this application, as {} has something to do, but there is none. "
					+ "The run waits for a process that has it. Deploy a build that does", type, key);
		}
		return known;
	}

	/**
	 * Attempts that have begun end here. A turn that was handed out is given a moment:
	 * most end sooner than others could take them over.
	 */
	private boolean isUnderWay(Draft draft) {
		Map<Integer, Integer> attempts = new HashMap<>();
		CachedRun before = draft.before();
		boolean isTurnNew = Kernel.asksForTurn((before != null) ? before.run() : null, draft.run());
		boolean turn = draft.isTurnRunning();
		for (Effect effect : Kernel.effectsOf(draft.run())) {
			if (effect instanceof Effect.DispatchActivity activity) {
				attempts.put(activity.activityId(), activity.attempt());
			}
			turn |= effect instanceof Effect.DispatchTask && !isTurnNew;
		}
		if (turn && turnsAwaited.add(draft.key().runId())) {
			return true;
		}
		return !attempts.isEmpty() && !dispatch.withdraw(draft.key(), attempts);
	}

}
