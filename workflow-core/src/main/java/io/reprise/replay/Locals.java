package io.reprise.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.SequencedSet;

import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.LocalAttempt;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import org.jspecify.annotations.Nullable;

/**
 * The local activities of a run: live they are run, and what comes of them is recorded
 * where it is delivered; at replay it is taken from there. See
 * {@code docs/adr/0014-local-activities-in-the-turn.md}.
 */
final class Locals {

	/** A turn that has recorded so much is handed in, so that rows keep a sane size. */
	private static final int MOST_OUTCOMES = 1_000;

	private static final long MOST_BYTES = 1024 * 1024;

	private final WorkflowRun run;

	private final SequencedMap<Integer, OpenLocal> open = new LinkedHashMap<>(4);

	/** To be begun with. Replay also leaves here what it settles or backs off later. */
	private final SequencedSet<OpenLocal> ready = new LinkedHashSet<>(4);

	private final Queue<OpenLocal> refused = new ArrayDeque<>(1);

	/** Types of the activities that the history knows to be local, by number. */
	private final Map<Integer, String> recorded = new HashMap<>();

	private LocalActivities host = LocalActivities.NONE;

	private boolean seesInput;

	private int outcomes;

	private long bytes;

	Locals(WorkflowRun run) {
		this.run = run;
	}

	void read(HistoryEvent event) {
		if (event instanceof HistoryEvent.LocalActivityEvent local) {
			recorded.put(local.activityId(), local.activityType());
		}
		else if (event instanceof HistoryEvent.TurnContinued continued) {
			continued.underWay().forEach(attempt -> recorded.put(attempt.activityId(), attempt.activityType()));
		}
	}

	/**
	 * Whether a call that is replayed was one of a local activity.
	 */
	boolean isRecorded(int activityId, String activityType) {
		return activityType.equals(recorded.get(activityId));
	}

	void beginTurn(LocalActivities turnHost) {
		host = turnHost;
		seesInput = false;
		outcomes = 0;
		bytes = 0;
	}

	/**
	 * The turn delivers an input, so it has to be handed in.
	 */
	void seeInput() {
		seesInput = true;
	}

	void open(OpenLocal local) {
		open.put(local.id(), local);
		ready.add(local);
	}

	void close(OpenLocal local) {
		open.remove(local.id());
		host.cancel(local.id());
	}

	/**
	 * The turn goes on where another was handed in.
	 */
	void goOn(HistoryEvent.TurnContinued continued) {
		for (LocalAttempt attempt : continued.underWay()) {
			OpenLocal local = open.get(attempt.activityId());
			if (local != null) {
				local.beginWith(attempt.attempt());
			}
		}
	}

	/**
	 * The time to try again has come.
	 */
	void wake(OpenLocal local) {
		local.tryAgain();
		ready.add(local);
	}

	/**
	 * Delivers one outcome, at replay the recorded one.
	 * @return {@code false} if there is none and the turn shall end
	 */
	boolean deliverNext() {
		if (run.isReplaying()) {
			HistoryEvent.LocalActivityOutcome next = run.sink().replayedOutcome(this::isExpected);
			if (next != null) {
				settle(open.get(next.activityId()), next);
			}
			return next != null;
		}
		if (!isAnyUnderWay() || outcomes >= MOST_OUTCOMES || bytes >= MOST_BYTES) {
			return false;
		}
		startReady();
		OpenLocal tooLarge = refused.poll();
		if (tooLarge != null) {
			record(new LocalOutcome.Failed(tooLarge.id(), tooLarge.attempt(), run.now(), tooLarge(tooLarge)));
			return true;
		}
		LocalOutcome outcome = host.next(!isIdle());
		if (outcome != null) {
			record(outcome);
		}
		return outcome != null;
	}

	/**
	 * Whether the turn has nothing to record yet.
	 */
	boolean isIdle() {
		return !seesInput && run.sink() instanceof LiveSink live && live.commands().isEmpty();
	}

	/**
	 * What the next turn has to go on with.
	 */
	List<LocalAttempt> underWay() {
		if (open.isEmpty()) {
			return List.of();
		}
		List<LocalAttempt> attempts = new ArrayList<>(open.size());
		for (OpenLocal local : open.values()) {
			if (!local.isBackedOff()) {
				attempts.add(new LocalAttempt(local.id(), local.type(),
						Math.max(local.attempt(), host.attempt(local.id()))));
			}
		}
		return attempts;
	}

	void cancelAll(String why) {
		for (OpenLocal local : List.copyOf(open.values())) {
			local.cancel(why);
		}
	}

	private boolean isAnyUnderWay() {
		for (OpenLocal local : open.values()) {
			if (!local.isBackedOff()) {
				return true;
			}
		}
		return false;
	}

	private boolean isExpected(HistoryEvent.LocalActivityOutcome outcome) {
		OpenLocal local = open.get(outcome.activityId());
		return local != null && local.type().equals(outcome.activityType()) && !local.isBackedOff();
	}

	private void startReady() {
		if (ready.isEmpty()) {
			return;
		}
		run.requireDurableInput();
		while (!ready.isEmpty()) {
			OpenLocal local = ready.removeFirst();
			if (open.get(local.id()) != local || local.isBackedOff()) {
				continue;
			}
			if (isTooLarge(local)) {
				refused.add(local);
			}
			else {
				ActivityPolicy policy = run.targets().policy(local.type(), local.settings());
				host.start(new LocalCall(local.id(), local.type(), local.arguments(), policy, local.attempt(),
						local.scheduledAt(), local.lastFailure()));
			}
		}
	}

	private void record(LocalOutcome outcome) {
		OpenLocal local = open.get(outcome.activityId());
		if (local == null) {
			throw new IllegalStateException("Expected local activity " + outcome.activityId()
					+ " to be open, but it has been settled; whoever runs it has a bug");
		}
		Payload arguments = isTooLarge(local) ? Payload.NULL : local.arguments();
		outcomes++;
		bytes += arguments.size();
		switch (outcome) {
			case LocalOutcome.Completed e -> {
				bytes += e.result().size();
				run.sink()
					.issue(new TurnCommand.CompleteLocalActivity(e.activityId(), local.type(), arguments, e.attempt(),
							e.time(), e.result()));
				run.advance(e.time());
				run.targets().complete(local, e.result());
			}
			case LocalOutcome.Failed e -> {
				run.sink()
					.issue(new TurnCommand.FailLocalActivity(e.activityId(), local.type(), arguments, e.attempt(),
							e.time(), e.failure()));
				run.advance(e.time());
				run.targets().fail(local, e.attempt(), e.failure());
			}
			case LocalOutcome.BackedOff e -> {
				run.sink()
					.issue(new TurnCommand.BackOffLocalActivity(e.activityId(), local.type(), e.attempt(), e.time(),
							e.failure(), e.delay()));
				run.advance(e.time());
				local.backOff(e.attempt(), e.failure());
			}
		}
	}

	private void settle(@Nullable OpenLocal local, HistoryEvent.LocalActivityOutcome outcome) {
		if (local == null) {
			return;
		}
		run.advance(outcome.time());
		switch (outcome) {
			case HistoryEvent.LocalActivityCompleted e -> run.targets().complete(local, e.result());
			case HistoryEvent.LocalActivityFailed e -> run.targets().fail(local, e.attempt(), e.failure());
			case HistoryEvent.LocalActivityBackedOff e -> local.backOff(e.attempt(), e.failure());
		}
	}

	private boolean isTooLarge(OpenLocal local) {
		return local.arguments().size() > run.services().limits().payloadBytes();
	}

	private Failure tooLarge(OpenLocal local) {
		return run.services()
			.failures()
			.toFailure(Closings.tooLarge("arguments of activity " + local.type(), local.arguments(),
					run.services().limits()));
	}

}
