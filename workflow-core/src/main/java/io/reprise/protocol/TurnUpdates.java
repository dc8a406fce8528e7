package io.reprise.protocol;

import java.util.List;

/**
 * What a turn made of the updates that came with its task.
 *
 * @param accepted those it delivered, in order
 * @param rejected those it did not take
 */
public record TurnUpdates(List<UpdateRequest> accepted, List<UpdateRejection> rejected) {

	/** The turn had none. */
	public static final TurnUpdates NONE = new TurnUpdates(List.of(), List.of());

	public TurnUpdates {
		accepted = List.copyOf(accepted);
		rejected = List.copyOf(rejected);
	}

	public boolean isEmpty() {
		return accepted.isEmpty() && rejected.isEmpty();
	}

}
