package io.reprise.replay;

import java.lang.reflect.Type;
import java.time.Instant;

import io.reprise.ActivityCall;
import io.reprise.ActivityFailure;
import io.reprise.ActivitySettings;
import io.reprise.CanceledFailure;
import io.reprise.protocol.Failure;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import org.jspecify.annotations.Nullable;

/**
 * An open local activity.
 */
final class OpenLocal extends OpenTarget<@Nullable Object> {

	private final Targets targets;

	private final ActivityCall call;

	private final Payload arguments;

	private final Instant scheduledAt;

	private int attempt = 1;

	private @Nullable Failure lastFailure;

	private boolean backedOff;

	OpenLocal(Targets targets, Scope scope, int id, SettablePromise<@Nullable Object> promise, ActivityCall call,
			Payload arguments, Instant scheduledAt) {
		super(targets, scope, id, promise);
		this.targets = targets;
		this.call = call;
		this.arguments = arguments;
		this.scheduledAt = scheduledAt;
	}

	String type() {
		return call.activityType();
	}

	Type resultType() {
		return call.resultType();
	}

	ActivitySettings settings() {
		return call.settings();
	}

	Payload arguments() {
		return arguments;
	}

	/**
	 * What {@code now()} said at the call.
	 */
	Instant scheduledAt() {
		return scheduledAt;
	}

	/**
	 * Number of the attempt to begin with, or of the first in this process.
	 */
	int attempt() {
		return attempt;
	}

	@Nullable Failure lastFailure() {
		return lastFailure;
	}

	/**
	 * Whether a timer must fire before it is tried again.
	 */
	boolean isBackedOff() {
		return backedOff;
	}

	void beginWith(int nextAttempt) {
		attempt = nextAttempt;
	}

	void backOff(int failedAttempt, Failure failure) {
		attempt = failedAttempt;
		lastFailure = failure;
		backedOff = true;
		targets.timerBegun();
	}

	void tryAgain() {
		attempt++;
		backedOff = false;
		targets.timerOver();
	}

	@Override
	TurnCommand withdrawal() {
		return new TurnCommand.CancelLocalActivity(id(), type());
	}

	@Override
	Outcome canceled(String why) {
		return new Outcome.Failed(() -> new ActivityFailure(type(), id(), 0, new CanceledFailure(why)));
	}

}
