package io.reprise.kernel;

/**
 * A run as the kernel sees it: what its history says, and the overlay of what writes no
 * events.
 *
 * @param state fold of the history
 * @param overlay attempts and stall
 */
public record Run(RunState state, RunOverlay overlay) {

	/**
	 * Whether a node has work of this run under way: a turn, an attempt, or something to
	 * tell another run, which a closed run may have, too. Such a run names its owner.
	 * @return {@code true} if so
	 */
	public boolean hasOutstandingWork() {
		return (!state.isClosed()
				&& ((!state.unseen().isEmpty() && !overlay.isDelayed()) || !state.activities().isEmpty()))
				|| Errands.any(this);
	}

}
