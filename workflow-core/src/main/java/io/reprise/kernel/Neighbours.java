package io.reprise.kernel;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourRequest;
import io.reprise.protocol.NeighbourRequest.StartChildWorkflowInitiated;
import io.reprise.protocol.ParentLink;
import org.jspecify.annotations.Nullable;

/**
 * What a run has to do with others. When it is closed, what is left of it is what its end
 * leaves to be done.
 *
 * @param parent whose child it is, or {@code null}
 * @param children children without an end, by their numbers
 * @param messages signals, and requests to cancel, that have not been answered, by their
 * numbers
 * @param end how a child ended, which its parent is to be told; {@code null} for others,
 * and while it is open
 */
public record Neighbours(@Nullable ParentLink parent, SequencedMap<Integer, Child> children,
		SequencedMap<Integer, NeighbourRequest.Message> messages, HistoryEvent.@Nullable Closing end) {

	/** Of a run that is alone. */
	public static final Neighbours NONE = new Neighbours(null, new LinkedHashMap<>(), new LinkedHashMap<>(), null);

	public Neighbours {
		children = Frozen.copyOf(children);
		messages = Frozen.copyOf(messages);
	}

	boolean isNumberTaken(int number) {
		return children.containsKey(number) || messages.containsKey(number);
	}

	/**
	 * Whether a message may be sent: a child must have been started first.
	 */
	boolean isDue(NeighbourRequest.Message message) {
		Child child = children.get(message.childId());
		return child == null || child.started();
	}

	/**
	 * A child without an end.
	 *
	 * @param eventId id of the event by which it was asked for
	 * @param request what was asked for
	 * @param started whether it is known to have been started
	 */
	public record Child(long eventId, StartChildWorkflowInitiated request, boolean started) {

	}

}
