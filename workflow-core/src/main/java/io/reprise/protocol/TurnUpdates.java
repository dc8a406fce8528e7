package io.reprise.protocol;

import java.util.List;

/**
 * What a turn made of the updates that came with its task.
 *
 * @param accepted those it delivered, in order
 * @param rejected those it did not take
 * @param answered how many others it did not take, whose senders need nothing recorded
 */
public record TurnUpdates(List<UpdateRequest> accepted, List<UpdateRejection> rejected, int answered) {

	/** The turn had none. */
	public static final TurnUpdates NONE = new TurnUpdates(List.of(), List.of());

	public TurnUpdates {
		accepted = List.copyOf(accepted);
		rejected = List.copyOf(rejected);
	}

	public TurnUpdates(List<UpdateRequest> accepted, List<UpdateRejection> rejected) {
		this(accepted, rejected, 0);
	}

	public boolean isEmpty() {
		return accepted.isEmpty() && rejected.isEmpty() && answered == 0;
	}

}
