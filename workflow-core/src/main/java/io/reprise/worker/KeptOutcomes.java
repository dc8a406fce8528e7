package io.reprise.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.reprise.replay.LocalCall;
import io.reprise.replay.LocalOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes of local activities that no committed turn has recorded yet. If the turn that
 * got them comes to nothing, the one that repeats it gets them again instead of running
 * the activities once more.
 */
final class KeptOutcomes {

	private final List<Kept> gotten = new ArrayList<>(0);

	/** Gotten by a workflow that has been thrown away. */
	private final Map<Integer, Kept> former = new HashMap<>(0);

	private long markerId = -1;

	/**
	 * A turn begins.
	 * @param lastMarkerId the marker it comes after
	 */
	void turnBegins(long lastMarkerId) {
		if (markerId != lastMarkerId) {
			clear();
			markerId = lastMarkerId;
		}
	}

	/**
	 * The workflow in memory is another than before.
	 */
	void renew() {
		gotten.forEach((kept) -> former.put(kept.call.activityId(), kept));
		gotten.clear();
	}

	void keep(LocalCall call, LocalOutcome outcome) {
		gotten.add(new Kept(call, outcome));
	}

	/**
	 * Looks for the outcome of a call.
	 * @param call the call
	 * @return the outcome, or {@code null}
	 */
	@Nullable LocalOutcome find(LocalCall call) {
		Kept kept = former.isEmpty() ? null : former.get(call.activityId());
		return (kept != null && kept.call.activityType().equals(call.activityType())
				&& kept.call.arguments().equals(call.arguments())) ? kept.outcome : null;
	}

	/**
	 * A turn has recorded them.
	 */
	void clear() {
		gotten.clear();
		former.clear();
	}

	private record Kept(LocalCall call, LocalOutcome outcome) {

	}

}
