package io.reprise.kernel;

import java.util.TreeMap;

import io.reprise.kernel.RunOverlay.Attempt;
import io.reprise.kernel.RunOverlay.Stall;
import org.jspecify.annotations.Nullable;

/**
 * Changes to an overlay. Copies it only if there are any.
 */
final class OverlayEdit {

	private final RunOverlay before;

	private @Nullable TreeMap<Integer, Attempt> attempts;

	private @Nullable Stall stall;

	private boolean begun;

	OverlayEdit(RunOverlay before) {
		this.before = before;
		stall = before.stall();
	}

	static RunOverlay put(RunOverlay overlay, int activityId, Attempt attempt) {
		OverlayEdit edit = new OverlayEdit(overlay);
		edit.put(activityId, attempt);
		return edit.done();
	}

	static RunOverlay remove(RunOverlay overlay, int activityId) {
		OverlayEdit edit = new OverlayEdit(overlay);
		edit.remove(activityId);
		return edit.done();
	}

	void put(int activityId, Attempt attempt) {
		if (attempt.equals(Attempt.FIRST)) {
			remove(activityId);
		}
		else {
			mutableAttempts().put(activityId, attempt);
		}
	}

	void remove(int activityId) {
		if (attempts != null || before.attempts().containsKey(activityId)) {
			mutableAttempts().remove(activityId);
		}
	}

	void stall(@Nullable Stall changed) {
		stall = changed;
	}

	/** The first turn need not wait any more. */
	void begin() {
		begun = true;
	}

	RunOverlay done() {
		if (attempts == null && stall == before.stall() && !(begun && before.isDelayed())) {
			return before;
		}
		return new RunOverlay((attempts != null) ? attempts : before.attempts(), stall,
				begun ? null : before.delayedUntil(), before.rejections(), before.done());
	}

	private TreeMap<Integer, Attempt> mutableAttempts() {
		TreeMap<Integer, Attempt> mutable = attempts;
		if (mutable == null) {
			mutable = new TreeMap<>(before.attempts());
			attempts = mutable;
		}
		return mutable;
	}

}
