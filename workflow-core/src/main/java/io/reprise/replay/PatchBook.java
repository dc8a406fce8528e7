package io.reprise.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which changed paths a run takes. An answer, once given, stands for the whole run.
 */
final class PatchBook {

	private final Map<String, Boolean> answers = new HashMap<>();

	private final List<String> unreported = new ArrayList<>();

	/**
	 * Reads the answers that a history holds, before it is replayed.
	 */
	void taken(String id) {
		answers.put(id, true);
	}

	void notTaken(String id) {
		answers.putIfAbsent(id, false);
	}

	/**
	 * The answer, if it has been given.
	 */
	@Nullable Boolean known(String id) {
		return answers.get(id);
	}

	/**
	 * Gives the first answer. Code that replays was here before the change: had it been
	 * new, the history would say so.
	 */
	boolean decide(String id, boolean replaying) {
		answers.put(id, !replaying);
		if (replaying) {
			unreported.add(id);
		}
		return !replaying;
	}

	/**
	 * The paths found not to be taken that no marker says yet.
	 * @return their ids, in the order found; the next call does not give them again
	 */
	List<String> takeUnreported() {
		List<String> taken = List.copyOf(unreported);
		unreported.clear();
		return taken;
	}

}
