package io.reprise.kernel;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

import io.reprise.ParentClosePolicy;
import io.reprise.kernel.Neighbours.Child;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourAnswer;
import io.reprise.protocol.NeighbourRequest;
import io.reprise.protocol.NeighbourRequest.StartChildWorkflowInitiated;
import io.reprise.protocol.ParentLink;
import org.jspecify.annotations.Nullable;

/**
 * Folds what a run has to do with others. Made only for runs that have.
 */
final class NeighbourFold {

	private final SequencedMap<Integer, Child> children;

	private final SequencedMap<Integer, NeighbourRequest.Message> messages;

	private @Nullable ParentLink parent;

	private HistoryEvent.@Nullable Closing end;

	NeighbourFold(Neighbours before) {
		parent = before.parent();
		children = new LinkedHashMap<>(before.children());
		messages = new LinkedHashMap<>(before.messages());
		end = before.end();
	}

	void childOf(ParentLink link) {
		parent = link;
	}

	/** Returns {@code false} if the number is taken. */
	boolean request(long eventId, NeighbourRequest request) {
		if (children.containsKey(request.number()) || messages.containsKey(request.number())) {
			return false;
		}
		switch (request) {
			case StartChildWorkflowInitiated start -> children.put(request.number(), new Child(eventId, start, false));
			case NeighbourRequest.Message message -> messages.put(request.number(), message);
		}
		return true;
	}

	/** Returns {@code false} if nothing waits for the answer. */
	boolean answer(NeighbourAnswer answer) {
		return switch (answer) {
			case NeighbourAnswer.ChildWorkflowStarted started -> {
				Child child = children.get(started.childId());
				if (child == null || child.started()) {
					yield false;
				}
				children.put(started.childId(), new Child(child.eventId(), child.request(), true));
				yield true;
			}
			case NeighbourAnswer.ChildWorkflowStartFailed failed -> children.remove(failed.childId()) != null;
			case NeighbourAnswer.ChildEnd ended -> children.remove(ended.childId()) != null;
			case NeighbourAnswer.ExternalSignaled signaled -> messages.remove(signaled.number()) != null;
			case NeighbourAnswer.SignalExternalFailed failed -> messages.remove(failed.number()) != null;
			case NeighbourAnswer.ExternalCancelRequested requested -> messages.remove(requested.number()) != null;
			case NeighbourAnswer.CancelExternalFailed failed -> messages.remove(failed.number()) != null;
		};
	}

	/**
	 * Leaves what the end of the run leaves to be done. A child that the last turn has
	 * asked for and that would end with its parent never begins.
	 */
	void close(HistoryEvent.Closing closing, long lastMarkerId) {
		end = (parent != null) ? closing : null;
		messages.values().removeIf(message -> {
			Child child = children.get(message.childId());
			return child != null && !child.started();
		});
		children.values().removeIf(child -> {
			boolean isAbandoned = child.request().parentClosePolicy() == ParentClosePolicy.ABANDON;
			boolean isOfLastTurn = closing instanceof HistoryEvent.CommandEvent && child.eventId() > lastMarkerId;
			return isAbandoned ? child.started() : isOfLastTurn;
		});
	}

	Neighbours build() {
		return new Neighbours(parent, children, messages, end);
	}

}
