package io.reprise.kernel;

import java.util.ArrayList;
import java.util.List;

import io.reprise.kernel.Decision.Accepted;
import io.reprise.kernel.Decision.Duplicate;
import io.reprise.kernel.Decision.Stale;
import io.reprise.kernel.Neighbours.Child;
import io.reprise.protocol.Command.ResolveChild;
import io.reprise.protocol.Command.SettleDuty;
import io.reprise.protocol.Command.TakeAnswer;
import io.reprise.protocol.Failure;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourAnswer;
import io.reprise.protocol.NeighbourRequest;
import org.jspecify.annotations.Nullable;

/**
 * Decides on what other runs answer.
 */
final class NeighbourDecider {

	private NeighbourDecider() {
	}

	static Decision answer(Run run, TakeAnswer answer) {
		Neighbours neighbours = run.state().neighbours();
		Child child = neighbours.children().get(answer.number());
		if (child != null && !child.started()) {
			return new Accepted((answer.failure() == null) ? List.of(started(child))
					: startFailed(neighbours, child, answer.failure()), run.overlay());
		}
		NeighbourRequest.Message message = neighbours.messages().get(answer.number());
		return (message == null || !neighbours.isDue(message)) ? new Stale(false)
				: new Accepted(List.of(answered(message, answer.failure())), run.overlay());
	}

	/** Children are quick: the end may be here before the answer to the start. */
	static Decision childEnded(Run run, ResolveChild resolved) {
		Child child = run.state().neighbours().children().get(resolved.end().childId());
		if (child == null) {
			return new Duplicate();
		}
		return new Accepted(child.started() ? List.of(resolved.end()) : List.of(started(child), resolved.end()),
				run.overlay());
	}

	static Decision answerAfterEnd(Run run, TakeAnswer answer) {
		List<Effect.Errand> left = Errands.of(run);
		return (left.contains(new Effect.StartChild(answer.number()))
				|| left.contains(new Effect.SendMessage(answer.number()))) ? done(run, answer.number())
						: new Stale(false);
	}

	static Decision settle(Run run, SettleDuty duty) {
		Effect.Errand errand = (duty.number() == Errands.PARENT) ? new Effect.TellParent()
				: new Effect.CloseChild(duty.number());
		return Errands.of(run).contains(errand) ? done(run, duty.number()) : new Stale(false);
	}

	private static Decision done(Run run, int number) {
		return new Accepted(List.of(), run.overlay().done(number));
	}

	private static NeighbourAnswer.ChildWorkflowStarted started(Child child) {
		return new NeighbourAnswer.ChildWorkflowStarted(child.request().childId(), child.request().runId());
	}

	/** What was to be sent to the child has nowhere to go. */
	private static List<HistoryEvent> startFailed(Neighbours neighbours, Child child, Failure failure) {
		List<HistoryEvent> events = new ArrayList<>();
		events.add(new NeighbourAnswer.ChildWorkflowStartFailed(child.request().childId(), failure));
		for (NeighbourRequest.Message message : neighbours.messages().values()) {
			if (message.childId() == child.request().childId()) {
				events.add(answered(message, failure));
			}
		}
		return events;
	}

	private static NeighbourAnswer answered(NeighbourRequest.Message message, @Nullable Failure failure) {
		return switch (message) {
			case NeighbourRequest.SignalExternalInitiated e ->
				(failure == null) ? new NeighbourAnswer.ExternalSignaled(e.number())
						: new NeighbourAnswer.SignalExternalFailed(e.number(), failure);
			case NeighbourRequest.CancelExternalInitiated e ->
				(failure == null) ? new NeighbourAnswer.ExternalCancelRequested(e.number())
						: new NeighbourAnswer.CancelExternalFailed(e.number(), failure);
		};
	}

}
