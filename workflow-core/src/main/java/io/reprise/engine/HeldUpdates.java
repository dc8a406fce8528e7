package io.reprise.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.reprise.kernel.RunState;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.TurnUpdates;
import io.reprise.protocol.UpdateRejection;
import io.reprise.protocol.UpdateRequest;
import org.jspecify.annotations.Nullable;

/**
 * Updates that no turn has accepted or rejected yet. They are in memory only: whoever
 * sent one sends it again, by the same id, until it is answered. What is held of a run
 * changes under the lane of its workflow id.
 * <p>
 * An answer of {@link CommandResult.Stale} means that this node will not decide, and that
 * the sender should look at the run and ask again.
 */
final class HeldUpdates {

	private static final long NOT_HANDED_OUT = -1;

	private final Map<String, List<Held>> byRun = new ConcurrentHashMap<>();

	boolean isEmpty() {
		return byRun.isEmpty();
	}

	/**
	 * Holds an update until a turn has decided on it. If it is held already, a turn is
	 * asked for once more: the one before may be lost.
	 * @param runId the run
	 * @param update the update
	 * @param submission who is to be answered, {@code null} if nobody waits for it
	 * @param remote whether the sender is on another node, and sees an answer in the
	 * store only
	 */
	void hold(String runId, UpdateRequest update, @Nullable Submission submission, boolean remote) {
		byRun.compute(runId, (same, known) -> {
			List<Held> held = (known != null) ? new ArrayList<>(known) : new ArrayList<>(1);
			Held one = null;
			for (Held each : held) {
				one = each.request.updateId().equals(update.updateId()) ? each : one;
			}
			if (one == null) {
				one = new Held(update);
				held.add(one);
			}
			if (submission != null) {
				one.waiting.add(submission);
			}
			one.remote |= remote;
			one.handedOutAfter = NOT_HANDED_OUT;
			return held;
		});
	}

	/**
	 * What a turn of a run is to decide on.
	 * @param runId the run
	 * @return the updates in the order in which they came
	 */
	List<UpdateRequest> of(String runId) {
		List<Held> held = byRun.get(runId);
		return (held != null) ? held.stream().map((each) -> each.request).toList() : List.of();
	}

	/**
	 * The updates of a run, which go out with a task now.
	 * @param runId the run
	 * @param markerId the marker that the task's turn comes after
	 * @return the updates
	 */
	List<UpdateRequest> handOut(String runId, long markerId) {
		List<Held> held = byRun.get(runId);
		if (held == null) {
			return List.of();
		}
		held.forEach((each) -> each.handedOutAfter = markerId);
		return of(runId);
	}

	/**
	 * Whether an update has not gone out with a task since a marker.
	 * @param runId the run
	 * @param markerId its last marker
	 * @return {@code true} if a turn must be asked for
	 */
	boolean isTurnMissing(String runId, long markerId) {
		List<Held> held = byRun.get(runId);
		return held != null && held.stream().anyMatch((each) -> each.handedOutAfter != markerId);
	}

	/**
	 * Prepares what a turn says for the kernel. A turn may have decided on what another
	 * has answered meanwhile: what was rejected must not be accepted then.
	 * @param turn the turn
	 * @return the turn, with those rejections only that other nodes look for in the
	 * store; {@code null} if it accepts what nobody waits for any more
	 */
	Command.@Nullable CompleteTask prepare(Command.CompleteTask turn) {
		List<Held> held = byRun.getOrDefault(turn.key().runId(), List.of());
		Set<String> ids = held.stream().map((each) -> each.request.updateId()).collect(Collectors.toSet());
		TurnUpdates updates = turn.updates();
		if (!updates.accepted().stream().allMatch((each) -> ids.contains(each.updateId()))) {
			return null;
		}
		List<UpdateRejection> remote = updates.rejected()
			.stream()
			.filter((rejection) -> held.stream()
				.anyMatch((each) -> each.remote && each.request.updateId().equals(rejection.updateId())))
			.toList();
		return (remote.size() == updates.rejected().size()) ? turn
				: turn.with(new TurnUpdates(updates.accepted(), remote, updates.rejected().size() - remote.size()));
	}

	/**
	 * Answers what a turn has decided, durably.
	 * @param draft the run after it
	 */
	void settle(Draft draft) {
		TurnUpdates updates = draft.turnUpdates();
		if (updates == null || byRun.isEmpty()) {
			return;
		}
		CommandResult accepted = new CommandResult.Accepted(draft.key(), draft.run().state().lastMarkerId());
		updates.accepted().forEach((each) -> answer(draft.key().runId(), each.updateId(), accepted));
		updates.rejected()
			.forEach((each) -> answer(draft.key().runId(), each.updateId(),
					new CommandResult.Rejected(each.code(), each.message(), each.failure())));
	}

	/**
	 * Answers what the run's history knows already: a turn was durable although nobody
	 * was told.
	 * @param state the run
	 */
	void answerKnown(RunState state) {
		String runId = state.key().runId();
		for (UpdateRequest update : of(runId)) {
			if (state.hasUpdate(update.updateId())) {
				answer(runId, update.updateId(), new CommandResult.Accepted(state.key(), state.lastMarkerId()));
			}
		}
	}

	/**
	 * Gives up all updates of a run.
	 * @param runId the run
	 * @param result what their senders are told
	 */
	void release(String runId, CommandResult result) {
		List<Held> held = byRun.remove(runId);
		if (held != null) {
			held.forEach((each) -> each.answer(result));
		}
	}

	void failAll(RuntimeException failure) {
		for (String runId : List.copyOf(byRun.keySet())) {
			List<Held> held = byRun.remove(runId);
			if (held != null) {
				held.forEach((each) -> each.waiting
					.forEach((submission) -> submission.answer().completeExceptionally(failure)));
			}
		}
	}

	private void answer(String runId, String updateId, CommandResult result) {
		List<Held> answered = new ArrayList<>(1);
		byRun.computeIfPresent(runId, (same, held) -> {
			List<Held> left = new ArrayList<>(held);
			for (Held each : held) {
				if (each.request.updateId().equals(updateId)) {
					left.remove(each);
					answered.add(each);
				}
			}
			return left.isEmpty() ? null : left;
		});
		answered.forEach((each) -> each.answer(result));
	}

	/**
	 * An update, and who waits for it.
	 */
	private static final class Held {

		private final UpdateRequest request;

		private final List<Submission> waiting = new ArrayList<>(1);

		private boolean remote;

		/** The marker after which a turn was last asked to decide. */
		private long handedOutAfter = NOT_HANDED_OUT;

		Held(UpdateRequest request) {
			this.request = request;
		}

		void answer(CommandResult result) {
			waiting.forEach((submission) -> submission.answer().complete(result));
		}

	}

}
