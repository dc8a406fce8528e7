package io.reprise.replay;

import io.reprise.CanceledFailure;
import io.reprise.protocol.TurnCommand;
import org.jspecify.annotations.Nullable;

/**
 * A signal, or a request to stop, that is on its way to another run. Once it is sent, the
 * cancellation of its scope does not take it back: whoever waits for it waits on.
 */
final class OpenMessage extends OpenTarget<@Nullable Void> {

	private final boolean signal;

	private final @Nullable OpenChild awaiting;

	/**
	 * A message.
	 * @param signal whether it is a signal
	 * @param awaiting the child whose parent waits only until this has arrived, or
	 * {@code null}
	 */
	OpenMessage(Targets targets, Scope scope, int id, SettablePromise<@Nullable Void> promise, boolean signal,
			@Nullable OpenChild awaiting) {
		super(targets, scope, id, promise);
		this.signal = signal;
		this.awaiting = awaiting;
	}

	boolean isSignal() {
		return signal;
	}

	@Nullable OpenChild awaiting() {
		return awaiting;
	}

	@Override
	public void cancel(String why) {
		// It is sent
	}

	@Override
	TurnCommand withdrawal() {
		throw new IllegalStateException("Expected message " + id() + " to be left alone, as it is sent");
	}

	@Override
	Outcome canceled(String why) {
		return new Outcome.Failed(() -> new CanceledFailure(why));
	}

}
