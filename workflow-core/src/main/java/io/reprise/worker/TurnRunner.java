package io.reprise.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.WorkflowInfo;
import io.reprise.definition.WorkflowDefinition;
import io.reprise.definition.WorkflowRegistry;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.ParentLink;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.RunChain;
import io.reprise.protocol.WorkflowTask;
import io.reprise.replay.MachineServices;
import io.reprise.replay.TurnResult;
import io.reprise.replay.WorkflowMachine;
import io.reprise.spi.StoreException;
import io.reprise.spi.TurnAhead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs turns: finds the workflow in memory or replays it, lets it go on, and hands in
 * what it decided. A machine whose decisions did not become durable is thrown away.
 */
final class TurnRunner {

	private static final Logger logger = LoggerFactory.getLogger(TurnRunner.class);

	private final WorkflowRegistry registry;

	private final MachineServices services;

	private final MachineCache cache;

	private final RunSource runs;

	private final Function<Command, CompletableFuture<CommandResult>> gate;

	private final String buildId;

	private final SlotPool slots;

	private final Duration retryDelay;

	private final BiConsumer<WorkflowTask, Duration> retryLater;

	private final LocalServices locals;

	private final Consumer<WorkflowTask> resume;

	private final UpdateRefusals refusals;

	TurnRunner(WorkflowRegistry registry, MachineServices services, LocalServices locals, MachineCache cache,
			RunSource runs, Function<Command, CompletableFuture<CommandResult>> gate, String buildId, SlotPool slots,
			Duration retryDelay, BiConsumer<WorkflowTask, Duration> retryLater, Consumer<WorkflowTask> resume) {
		this.registry = registry;
		this.services = services;
		this.cache = cache;
		this.runs = runs;
		this.gate = gate;
		this.buildId = buildId;
		this.slots = slots;
		this.retryDelay = retryDelay;
		this.retryLater = retryLater;
		this.locals = locals;
		this.resume = resume;
		refusals = new UpdateRefusals(gate, buildId, resume);
	}

	void run(WorkflowTask task) {
		run(task, new DurableTurn(task));
	}

	/**
	 * Runs a turn whose input is not durable yet, if the workflow is in memory or begins.
	 * @param task the task
	 * @param turn where the outcome goes
	 */
	void runAhead(WorkflowTask task, TurnAhead turn) {
		try {
			run(task, turn);
		}
		finally {
			turn.decline();
		}
	}

	/**
	 * Whether a turn would need nothing from the store.
	 * @param task the task
	 * @return {@code true} if the workflow begins, or is in memory
	 */
	boolean isReadyFor(WorkflowTask task) {
		return (task.token().lastMarkerId() == 0) ? registry.find(task.workflowType()).isPresent()
				: cache.contains(task.key());
	}

	private void run(WorkflowTask task, TurnAhead turn) {
		try (TaskMdc mdc = TaskMdc.of(task.key(), task.workflowType())) {
			MachineSlot slot = cache.acquire(task.key());
			try {
				runIn(slot, task, turn);
			}
			catch (StoreException ex) {
				logger.debug("Expected to read the history of {}, but could not; it is tried again", task.key(), ex);
				slot.discard();
				retryLater.accept(task, retryDelay);
			}
			catch (CompletionException ex) {
				logger.debug("Expected the turn of {} to be taken, but it was not", task.key(), ex);
				slot.discard();
				if (Refusals.isRefused(ex)) {
					stall(task, new DurableTurn(task), ErrorCode.WORKFLOW_BUG,
							"Expected what the turn decided to be recorded, but it was refused: " + Refusals.cause(ex));
				}
			}
			catch (RuntimeException ex) {
				logger.error("Expected a turn of {} to end, but the platform failed; the run is stalled", task.key(),
						ex);
				slot.discard();
				stall(task, turn, ErrorCode.WORKFLOW_BUG, "The platform failed: " + ex);
			}
			finally {
				slot.unlock();
			}
		}
		cache.evict();
	}

	private void runIn(MachineSlot slot, WorkflowTask task, TurnAhead turn) {
		WorkflowMachine machine = slot.machine();
		if (machine != null && machine.lastMarkerId() > task.token().lastMarkerId()) {
			return;
		}
		machine = slot.machineAt(task.token().lastMarkerId());
		if (machine == null) {
			machine = revive(slot, task, turn);
		}
		if (machine == null) {
			return;
		}
		if (task.inputs().isEmpty() && machine.deliveredUpTo() > task.token().seenUpTo()) {
			// A turn with inputs has begun, which takes the updates when it has ended
			return;
		}
		slot.locals().turnBegins(task);
		finish(slot, machine, task, turn, machine.turn(task, turn::awaitInput, slot.locals()));
	}

	private void finish(MachineSlot slot, WorkflowMachine machine, WorkflowTask task, TurnAhead turn,
			TurnResult result) {
		switch (result) {
			case TurnResult.Completed completed -> complete(slot, machine, task, turn, completed);
			case TurnResult.Waiting waiting ->
				park(slot, machine, refusals.withoutRejected(task, machine.turnUpdates()), turn);
			case TurnResult.Bug bug -> {
				slot.discard();
				if (!task.updates().isEmpty()
						&& refusals.refuse(task, turn instanceof DurableTurn, bug, machine.updateAtHand())) {
					return;
				}
				stall(task, turn, bug.code(), bug.message());
			}
		}
	}

	/**
	 * Leaves a turn alone that waits for its local activities, unless something else
	 * waits for the turn.
	 */
	private void park(MachineSlot slot, WorkflowMachine machine, WorkflowTask task, TurnAhead turn) {
		RunSource.Position position = position(task.key());
		if (position != null && (position.closed() || position.lastMarkerId() != task.token().lastMarkerId())) {
			slot.discard();
		}
		else if (position != null && position.lastInputId() > task.token().seenUpTo()) {
			slot.locals().wantTurn();
			finish(slot, machine, task, turn, machine.turn(task, turn::awaitInput, slot.locals()));
		}
		else {
			slot.locals().park(() -> resume.accept(task));
		}
	}

	private RunSource.@Nullable Position position(ExecutionKey key) {
		try {
			return runs.position(key);
		}
		catch (StoreException ex) {
			logger.debug("Expected to see how far {} has come, but could not; it is looked at again", key, ex);
			return null;
		}
	}

	private void complete(MachineSlot slot, WorkflowMachine machine, WorkflowTask task, TurnAhead turn,
			TurnResult.Completed completed) {
		CompletableFuture<CommandResult> answer = turn
			.submit(new Command.CompleteTask(task.key(), task.token(), completed.time(), buildId, completed.commands(),
					completed.unpatched(), completed.underWay(), completed.updates()));
		// Computes no more: others may, while the disk is waited for
		CommandResult result = slots.withoutSlot(answer::join);
		if (result instanceof CommandResult.Accepted accepted && !machine.isClosed()) {
			// A turn that took no update has left no marker
			boolean traceless = task.inputs().isEmpty() && completed.updates().accepted().isEmpty();
			machine.committed(traceless ? task.token().lastMarkerId() : accepted.lastEventId());
			slot.locals().committed();
			return;
		}
		slot.discard();
		if (result instanceof CommandResult.Rejected rejected) {
			// Nobody would ask for this turn again: the run must say that it cannot go
			// on.
			stall(task, new DurableTurn(task), rejected.code(), rejected.message());
		}
	}

	/**
	 * Brings a workflow to where its history ends.
	 * @param slot where it is kept
	 * @param task the task at hand
	 * @return the machine, or {@code null} if the task is out of date or the run is
	 * stalled
	 */
	private @Nullable WorkflowMachine revive(MachineSlot slot, WorkflowTask task, TurnAhead turn) {
		Optional<WorkflowDefinition> code = registry.find(task.workflowType());
		if (code.isEmpty()) {
			stall(task, turn, ErrorCode.UNKNOWN_WORKFLOW_TYPE,
					"Expected a workflow type '%s' in this application, but it has only %s. Deploy a build that has it"
						.formatted(task.workflowType(), registry.types()));
			return null;
		}
		if (task.token().lastMarkerId() == 0) {
			return keep(slot, code.get(), task.key(), task.inputs().getFirst());
		}
		if (!turn.isInputDurable()) {
			return null;
		}
		List<RecordedEvent> history = runs.history(task.key().runId());
		WorkflowMachine machine = keep(slot, code.get(), task.key(), history.getFirst());
		TurnResult.Bug bug = machine.replay(history);
		if (bug != null) {
			slot.discard();
			stall(task, turn, bug.code(), bug.message(), isOfAnotherBuild(history));
			return null;
		}
		return slot.machineAt(task.token().lastMarkerId());
	}

	private WorkflowMachine keep(MachineSlot slot, WorkflowDefinition code, ExecutionKey key, RecordedEvent first) {
		if (!(first.event() instanceof HistoryEvent.WorkflowStarted started)) {
			throw new IllegalStateException("Expected the history of " + key + " to begin with its start");
		}
		RunChain chain = (started.terms() != null) ? started.terms().chain() : null;
		WorkflowInfo.Parent parent = parent(started);
		WorkflowInfo info = (chain == null)
				? new WorkflowInfo(key.namespace(), key.workflowId(), key.runId(), code.workflowType(),
						started.taskQueue(), first.time(), key.runId(), null, 1, 0, 0, parent)
				: new WorkflowInfo(key.namespace(), key.workflowId(), key.runId(), code.workflowType(),
						started.taskQueue(), first.time(), chain.firstRunId(), chain.previousRunId(), chain.attempt(),
						0, 0, parent);
		WorkflowMachine machine = new WorkflowMachine(code, info, services,
				(chain != null) ? chain.lastResult() : null);
		slot.keep(machine, info, locals);
		return machine;
	}

	private static WorkflowInfo.@Nullable Parent parent(HistoryEvent.WorkflowStarted started) {
		ParentLink parent = started.parent();
		return (parent != null) ? new WorkflowInfo.Parent(parent.workflowId(), parent.runId(), parent.rootWorkflowId(),
				parent.rootRunId()) : null;
	}

	private boolean isOfAnotherBuild(List<RecordedEvent> history) {
		return history.reversed()
			.stream()
			.map(RecordedEvent::event)
			.filter(HistoryEvent.WorkflowTaskCompleted.class::isInstance)
			.map(HistoryEvent.WorkflowTaskCompleted.class::cast)
			.findFirst()
			.filter((marker) -> !marker.buildId().equals(buildId))
			.isPresent();
	}

	private void stall(WorkflowTask task, TurnAhead turn, ErrorCode code, String message) {
		stall(task, turn, code, message, false);
	}

	private void stall(WorkflowTask task, TurnAhead turn, ErrorCode code, String message, boolean elsewhere) {
		if (task.inputs().isEmpty() && refusals.refuse(task, true, new TurnResult.Bug(code, message), null)) {
			return;
		}
		if (elsewhere) {
			logger.info("Workflow {} of type {} is offered to other builds, one of which went on with it before. "
					+ "This one cannot [{}]: {}", task.key(), task.workflowType(), code, message);
		}
		else {
			logger.warn("Workflow {} of type {} is stalled, until fixed code is deployed [{}]: {}", task.key(),
					task.workflowType(), code, message);
		}
		try {
			turn.submit(new Command.StallTask(task.key(), task.token(), code, message, buildId, elsewhere)).join();
		}
		catch (CompletionException ex) {
			logger.debug("Expected the stall of {} to be recorded, but it was not", task.key(), ex);
			if (Refusals.isRefused(ex)) {
				retryLater.accept(task, Refusals.PAUSE);
			}
		}
	}

	/**
	 * A machine that stands where the committed history ends, for queries.
	 * @param slot where it is kept, locked
	 * @param position how far the run has come
	 * @return the machine, or {@code null} if the run has moved on meanwhile
	 */
	@Nullable WorkflowMachine machineFor(MachineSlot slot, RunSource.Position position) {
		WorkflowMachine cached = slot.machine();
		if (cached != null && cached.lastMarkerId() == position.lastMarkerId()) {
			return cached;
		}
		if (cached != null && cached.lastMarkerId() > position.lastMarkerId()) {
			return null;
		}
		WorkflowDefinition code = registry.require(position.workflowType());
		List<RecordedEvent> history = runs.history(position.key().runId());
		WorkflowMachine machine = keep(slot, code, position.key(), history.getFirst());
		TurnResult.Bug bug = machine.replay(history);
		if (bug != null) {
			slot.discard();
			throw new WorkflowException(ErrorCode.QUERY_FAILED,
					"Expected workflow %s to be replayed for a query, but it is stalled [%s]: %s"
						.formatted(position.key(), bug.code(), bug.message()));
		}
		return slot.machineAt(position.lastMarkerId());
	}

	/**
	 * A turn as it is without running ahead.
	 */
	private final class DurableTurn implements TurnAhead {

		private final WorkflowTask task;

		DurableTurn(WorkflowTask task) {
			this.task = task;
		}

		@Override
		public CompletableFuture<CommandResult> submit(Command outcome) {
			return gate.apply(outcome);
		}

		@Override
		public void decline() {
			// Whoever declines it has found that it is out of date.
		}

		/**
		 * A first turn reads no history, which would tell that it comes too late: the
		 * engine may have asked for it twice. What must not be done twice without need
		 * asks here first.
		 */
		@Override
		public boolean awaitInput() {
			if (task.token().lastMarkerId() > 0) {
				return true;
			}
			RunSource.Position position = position(task.key());
			return position == null || (position.lastMarkerId() == 0 && !position.closed());
		}

		@Override
		public boolean isInputDurable() {
			return true;
		}

	}

}
