package io.reprise.replay;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

import io.reprise.CanceledFailure;
import io.reprise.CancellationScope;
import org.jspecify.annotations.Nullable;

/**
 * What is cancelled together: open activities and timers, and the scopes inside, in the
 * order they came. A scope is known to the one around it only while it holds something
 * open, so that a run which makes a million of them keeps none.
 */
final class Scope implements CancellationScope, Cancellable {

	private final WorkflowRun run;

	private final @Nullable Scope around;

	private final SequencedSet<Cancellable> open = new LinkedHashSet<>(4);

	private @Nullable String reason;

	/**
	 * A scope.
	 * @param around the scope whose cancellation cancels this one; {@code null} for the
	 * root and for detached scopes
	 */
	Scope(WorkflowRun run, @Nullable Scope around) {
		this.run = run;
		this.around = around;
	}

	@Override
	public void cancel() {
		RunContext.of(run, "CancellationScope.cancel()").requireWritable("CancellationScope.cancel()");
		cancel("The cancellation scope was cancelled");
	}

	@Override
	public boolean isCancelRequested() {
		RunContext.of(run, "CancellationScope.isCancelRequested()")
			.requireReadable("CancellationScope.isCancelRequested()");
		return isCancelled();
	}

	boolean isCancelled() {
		return cancelledFor() != null;
	}

	/**
	 * Refuses what shall not begin in a cancelled scope.
	 * @throws CanceledFailure if it is cancelled
	 */
	void requireOpen() {
		String cancelledFor = cancelledFor();
		if (cancelledFor != null) {
			throw new CanceledFailure(cancelledFor);
		}
	}

	@Override
	public void cancel(String why) {
		if (reason != null) {
			return;
		}
		reason = why;
		// Copied, because whatever is cancelled takes its leave.
		for (Cancellable member : List.copyOf(open)) {
			member.cancel(why);
		}
	}

	void add(Cancellable member) {
		if (open.isEmpty() && around != null) {
			around.add(this);
		}
		open.add(member);
	}

	void remove(Cancellable member) {
		if (open.remove(member) && open.isEmpty() && around != null) {
			around.remove(this);
		}
	}

	private @Nullable String cancelledFor() {
		for (Scope scope = this; scope != null; scope = scope.around) {
			if (scope.reason != null) {
				return scope.reason;
			}
		}
		return null;
	}

}
