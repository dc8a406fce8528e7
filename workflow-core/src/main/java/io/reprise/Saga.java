package io.reprise;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Undoes what a workflow has done, when it cannot do the rest: each step is told how to
 * undo it, and {@link #compensate()} does that for all steps that were taken, the last
 * one first. Compensations run where no cancellation reaches. One that fails does not
 * keep the others from running.
 * <p>
 * A saga leaves nothing in the history but what its steps and compensations do. Legal
 * only on the threads of the workflow that made it.
 *
 * @see Workflows#saga(java.util.function.Function)
 * @see Workflows#saga()
 */
public final class Saga {

	/** Type of the failure of a workflow that could not undo what it had done. */
	public static final String COMPENSATION_FAILED = "CompensationFailed";

	private static final Logger logger = ReplaySilentLogger.of(Saga.class);

	private final Deque<Runnable> compensations = new ArrayDeque<>();

	private boolean parallel;

	private boolean stopping;

	Saga() {
	}

	/**
	 * Lets compensations run at the same time, begun in reverse order, instead of one
	 * after the other.
	 * @return this
	 */
	public Saga inParallel() {
		parallel = true;
		return this;
	}

	/**
	 * Leaves out the compensations that come after one that failed. In parallel all have
	 * begun by then.
	 * @return this
	 */
	public Saga stoppingAtFirstFailure() {
		stopping = true;
		return this;
	}

	/**
	 * Takes a step, and remembers how to undo it. A step that throws is not undone: if it
	 * may have had an effect nevertheless, as an activity whose last attempt timed out,
	 * say how to undo it beforehand with {@link #addCompensation}.
	 * @param <T> type of the step's result
	 * @param action the step
	 * @param compensation undoes it, given its result
	 * @return the step's result
	 */
	public <T extends @Nullable Object> T step(Supplier<? extends T> action, Consumer<? super T> compensation) {
		T result = action.get();
		addCompensation(() -> compensation.accept(result));
		return result;
	}

	/**
	 * Takes a step without a result, and remembers how to undo it.
	 * @param action the step
	 * @param compensation undoes it
	 * @see #step
	 */
	public void stepVoid(Runnable action, Runnable compensation) {
		action.run();
		addCompensation(compensation);
	}

	/**
	 * Remembers how to undo a step that was taken, or is about to be. It must do no harm
	 * if there is nothing to undo.
	 * @param compensation undoes the step
	 */
	public void addCompensation(Runnable compensation) {
		WorkflowContext.current();
		compensations.addLast(compensation);
	}

	/**
	 * Undoes all steps that were taken. Each compensation runs once, however often this
	 * is called.
	 * @throws ApplicationFailure of type {@link #COMPENSATION_FAILED} if some failed: its
	 * cause is the first failure, the others are suppressed by it
	 */
	public void compensate() {
		List<Exception> failures = undo();
		if (!failures.isEmpty()) {
			throw failure(failures);
		}
	}

	/**
	 * Takes steps, and undoes them if they end with an exception that is no bug. A bug
	 * stalls the run as ever, which goes on from there once it is fixed.
	 */
	<T extends @Nullable Object> T run(Supplier<? extends T> work) {
		try {
			return work.get();
		}
		catch (Exception ex) {
			if (!WorkflowContext.current().isBug(ex)) {
				undo().stream().filter(failure -> failure != ex).forEach(ex::addSuppressed);
			}
			throw ex;
		}
	}

	private List<Exception> undo() {
		List<Exception> failures = new ArrayList<>();
		Workflows.detachedScope(() -> {
			if (parallel) {
				undoAtOnce(failures);
			}
			else {
				undoInTurn(failures);
			}
		});
		return failures;
	}

	private void undoInTurn(List<Exception> failures) {
		while (!compensations.isEmpty() && !(stopping && !failures.isEmpty())) {
			attempt(compensations.removeLast(), failures);
		}
		compensations.clear();
	}

	private void undoAtOnce(List<Exception> failures) {
		List<Promise<@Nullable Void>> begun = new ArrayList<>();
		while (!compensations.isEmpty()) {
			Runnable compensation = compensations.removeLast();
			begun.add(Workflows.asyncVoid(() -> attempt(compensation, failures)));
		}
		Workflows.all(begun);
	}

	private static void attempt(Runnable compensation, List<Exception> failures) {
		try {
			compensation.run();
		}
		catch (Exception ex) {
			if (WorkflowContext.current().isBug(ex)) {
				throw ex;
			}
			logger.warn("Expected a compensation of workflow {} (run {}) to succeed, but it failed",
					Workflows.info().workflowId(), Workflows.info().runId(), ex);
			failures.add(ex);
		}
	}

	private static ApplicationFailure failure(List<Exception> failures) {
		Exception first = failures.getFirst();
		ApplicationFailure failure = ApplicationFailure.of(COMPENSATION_FAILED,
				"Expected all steps to be undone, but %d compensations failed, the first with: %s. Undo by hand what is left"
					.formatted(failures.size(), first.getMessage()),
				true, null, null, first);
		failures.stream().skip(1).forEach(failure::addSuppressed);
		return failure;
	}

}
