package io.reprise.replay;

import java.lang.reflect.Type;
import java.util.function.Supplier;

import io.reprise.CanceledFailure;
import io.reprise.ChildCall;
import io.reprise.ChildCancellationType;
import io.reprise.ChildWorkflowFailure;
import io.reprise.Promise;
import io.reprise.SignalCall;
import io.reprise.StartedChild;
import io.reprise.protocol.TurnCommand;
import org.jspecify.annotations.Nullable;

/**
 * A child without an end. It stays open when its parent no longer waits for it, as it
 * goes on to count.
 */
final class OpenChild extends OpenTarget<@Nullable Object> implements StartedChild<@Nullable Object> {

	private final Requests requests;

	private final ChildCall call;

	private final String workflowId;

	private final SettablePromise<String> started;

	/** Known once it is started. */
	private String runId = "";

	private boolean cancelled;

	OpenChild(Requests requests, Targets targets, Scope scope, int id, SettablePromise<@Nullable Object> promise,
			SettablePromise<String> started, ChildCall call, String workflowId) {
		super(targets, scope, id, promise);
		this.requests = requests;
		this.started = started;
		this.call = call;
		this.workflowId = workflowId;
	}

	String type() {
		return call.workflowType();
	}

	Type resultType() {
		return call.resultType();
	}

	SettablePromise<String> started() {
		return started;
	}

	@Override
	public String workflowId() {
		return workflowId;
	}

	@Override
	public String runId() {
		return runId;
	}

	void startedAs(String run) {
		runId = run;
		started.settle(new Outcome.Value(run));
	}

	@Override
	public void awaitStart() {
		started.get();
	}

	@Override
	public Promise<@Nullable Object> result() {
		return promise();
	}

	@Override
	public void signal(String name, @Nullable Object... args) {
		requests.signal(this, new SignalCall(name, args)).get();
	}

	@Override
	public void cancel() {
		requests.cancel(this).get();
	}

	@Override
	public void cancel(String why) {
		if (cancelled || promise().isSettled()) {
			return;
		}
		cancelled = true;
		ChildCancellationType type = call.options().cancellationType();
		if (type != ChildCancellationType.ABANDON) {
			requests.cancelFor(this, why, type == ChildCancellationType.WAIT_CANCELLATION_REQUESTED);
		}
		if (type == ChildCancellationType.ABANDON || type == ChildCancellationType.TRY_CANCEL) {
			giveUp(why);
		}
	}

	/**
	 * The parent waits no longer; who waits for the start does.
	 */
	void giveUp(String why) {
		scope().remove(this);
		promise().settle(canceled(why));
	}

	@Override
	TurnCommand withdrawal() {
		throw new IllegalStateException("Expected child " + id() + " to be cancelled by a message of its own");
	}

	@Override
	Outcome canceled(String why) {
		return failed(() -> new CanceledFailure(why));
	}

	Outcome failed(Supplier<? extends Throwable> cause) {
		return new Outcome.Failed(() -> new ChildWorkflowFailure(type(), workflowId, runId, cause.get()));
	}

}
