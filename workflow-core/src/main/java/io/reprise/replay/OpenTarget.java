package io.reprise.replay;

import java.lang.reflect.Type;

import io.reprise.ActivityFailure;
import io.reprise.CanceledFailure;
import io.reprise.protocol.TurnCommand;
import org.jspecify.annotations.Nullable;

/**
 * An activity, a timer or a request to another run that the workflow has asked for and
 * not heard of.
 *
 * @param <T> type of its result
 */
abstract sealed class OpenTarget<T extends @Nullable Object> implements Cancellable
		permits OpenTarget.OpenActivity, OpenTarget.OpenTimer, OpenLocal, OpenChild, OpenMessage {

	private final Targets targets;

	private final Scope scope;

	private final int id;

	private final SettablePromise<T> promise;

	OpenTarget(Targets targets, Scope scope, int id, SettablePromise<T> promise) {
		this.targets = targets;
		this.scope = scope;
		this.id = id;
		this.promise = promise;
	}

	int id() {
		return id;
	}

	Scope scope() {
		return scope;
	}

	SettablePromise<T> promise() {
		return promise;
	}

	@Override
	public void cancel(String why) {
		if (targets.close(this)) {
			targets.issue(withdrawal());
			promise.settle(canceled(why));
		}
	}

	/**
	 * The command that withdraws it.
	 */
	abstract TurnCommand withdrawal();

	abstract Outcome canceled(String why);

	/**
	 * An open activity.
	 */
	static final class OpenActivity extends OpenTarget<@Nullable Object> {

		private final String type;

		private final Type resultType;

		OpenActivity(Targets targets, Scope scope, int id, SettablePromise<@Nullable Object> promise, String type,
				Type resultType) {
			super(targets, scope, id, promise);
			this.type = type;
			this.resultType = resultType;
		}

		String type() {
			return type;
		}

		Type resultType() {
			return resultType;
		}

		@Override
		TurnCommand withdrawal() {
			return new TurnCommand.RequestCancelActivity(id());
		}

		@Override
		Outcome canceled(String why) {
			return new Outcome.Failed(() -> new ActivityFailure(type, id(), 0, new CanceledFailure(why)));
		}

	}

	/**
	 * An open timer.
	 */
	static final class OpenTimer extends OpenTarget<@Nullable Void> {

		OpenTimer(Targets targets, Scope scope, int id, SettablePromise<@Nullable Void> promise) {
			super(targets, scope, id, promise);
		}

		@Override
		TurnCommand withdrawal() {
			return new TurnCommand.CancelTimer(id());
		}

		@Override
		Outcome canceled(String why) {
			return new Outcome.Failed(() -> new CanceledFailure(why));
		}

	}

}
