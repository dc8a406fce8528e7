package io.reprise.worker;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.TaskToken;
import io.reprise.protocol.TurnUpdates;
import io.reprise.protocol.UpdateRejection;
import io.reprise.protocol.UpdateRequest;
import io.reprise.protocol.WorkflowTask;
import io.reprise.replay.TurnResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses updates apart from the turn that they came with, by one that saw nothing and
 * leaves no trace.
 */
final class UpdateRefusals {

	private static final Logger logger = LoggerFactory.getLogger(UpdateRefusals.class);

	private final Function<Command, CompletableFuture<CommandResult>> gate;

	private final String buildId;

	private final Consumer<WorkflowTask> resume;

	UpdateRefusals(Function<Command, CompletableFuture<CommandResult>> gate, String buildId,
			Consumer<WorkflowTask> resume) {
		this.gate = gate;
		this.buildId = buildId;
		this.resume = resume;
	}

	/**
	 * A bug that an update brings about is no reason to stall the run, nor is any that
	 * nothing but updates waits for. Nothing of the turn is recorded.
	 * @param task the task of the turn
	 * @param durable whether nobody else dispatches the task again
	 * @param bug the bug
	 * @param culprit the update that brought it about, or {@code null}
	 * @return {@code false} if the run must be stalled
	 */
	boolean refuse(WorkflowTask task, boolean durable, TurnResult.Bug bug, @Nullable String culprit) {
		List<UpdateRequest> refused = task.updates()
			.stream()
			.filter((update) -> culprit == null || update.updateId().equals(culprit))
			.toList();
		if (refused.isEmpty() || (culprit == null && !task.inputs().isEmpty())) {
			return false;
		}
		logger.warn("Workflow {} of type {} cannot take {} updates [{}]: {}", task.key(), task.workflowType(),
				refused.size(), bug.code(), bug.message());
		CompletableFuture<CommandResult> answer = reject(task,
				refused.stream().map((update) -> rejection(task, update, bug)).toList());
		List<UpdateRequest> others = task.updates().stream().filter((update) -> !refused.contains(update)).toList();
		if (durable && !(task.inputs().isEmpty() && others.isEmpty())) {
			answer.whenComplete((result, failure) -> resume.accept(task.with(others)));
		}
		return true;
	}

	private static UpdateRejection rejection(WorkflowTask task, UpdateRequest update, TurnResult.Bug bug) {
		return new UpdateRejection(update.updateId(), bug.code(),
				"Expected workflow %s to take update '%s', but its code cannot: %s".formatted(task.key(), update.name(),
						bug.message()),
				null);
	}

	/**
	 * A turn that waits has accepted no update: that would be something to hand in.
	 * @param task its task
	 * @param updates what it said of the task's updates
	 * @return the task without those that it has rejected, which are answered
	 */
	WorkflowTask withoutRejected(WorkflowTask task, TurnUpdates updates) {
		if (updates.isEmpty()) {
			return task;
		}
		reject(task, updates.rejected());
		List<String> rejected = updates.rejected().stream().map(UpdateRejection::updateId).toList();
		return task.with(task.updates().stream().filter((update) -> !rejected.contains(update.updateId())).toList());
	}

	private CompletableFuture<CommandResult> reject(WorkflowTask task, List<UpdateRejection> rejections) {
		return gate.apply(
				new Command.CompleteTask(task.key(), new TaskToken(task.token().lastMarkerId(), TaskToken.NOTHING_SEEN),
						task.time(), buildId, List.of(), List.of(), List.of(), new TurnUpdates(List.of(), rejections)));
	}

}
