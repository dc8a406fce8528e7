package io.reprise.testkit.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.reprise.ActivityFailure;
import io.reprise.ActivitySettings;
import io.reprise.ApplicationFailure;
import io.reprise.CanceledFailure;
import io.reprise.CancellationScope;
import io.reprise.ChildCancellationType;
import io.reprise.ChildOptions;
import io.reprise.ChildRef;
import io.reprise.ChildWorkflowFailure;
import io.reprise.ExternalRef;
import io.reprise.ParentClosePolicy;
import io.reprise.Placement;
import io.reprise.Promise;
import io.reprise.Workflow;
import io.reprise.Workflows;
import org.jspecify.annotations.Nullable;

/**
 * The one workflow of the simulation.
 */
@Workflow("Program")
public class Interpreter {

	private final List<String> log = new ArrayList<>();

	private final List<String> signals = new ArrayList<>();

	private int labels;

	@Workflow.Run
	public Report run(Program program) {
		signals.addAll(0, program.heard());
		try {
			perform(program.steps());
		}
		catch (CanceledFailure | ActivityFailure | ChildWorkflowFailure ex) {
			Workflows.detachedScope(() -> perform(program.cleanUp()));
			throw ex;
		}
		return (program.next() != null) ? Workflows.continueAsNew(program.next().hearing(List.copyOf(signals)))
				: report();
	}

	@Workflow.Signal
	public void signal(String label) {
		signals.add(label);
	}

	/** A signal whose handler has something to do. */
	@Workflow.Signal
	public void errand(String label, Step step) {
		signals.add(label);
		try {
			perform(step);
		}
		catch (CanceledFailure | ActivityFailure | ChildWorkflowFailure ex) {
			log.add("errand cancelled");
		}
	}

	/** An update whose handler has something to do. */
	@Workflow.Update
	public String change(String label, Step step) {
		log.add("change " + label);
		try {
			perform(step);
		}
		catch (CanceledFailure | ActivityFailure ex) {
			log.add("change cancelled");
		}
		return label;
	}

	@Workflow.UpdateValidator("change")
	public void check(String label, Step step) {
		if (label.startsWith("no")) {
			throw ApplicationFailure.nonRetryable("Refused", label);
		}
	}

	@Workflow.Query
	public Report report() {
		return new Report(List.copyOf(log), List.copyOf(signals));
	}

	private void perform(List<Step> steps) {
		steps.forEach(this::perform);
	}

	private void perform(Step step) {
		switch (step.kind()) {
			case ACTIVITY, DOOMED_ACTIVITY, SLOW_ACTIVITY, BEATING_ACTIVITY, HURRIED_ACTIVITY -> call(step);
			case ALL -> Workflows.all(begin(step.steps()));
			case ANY -> Workflows.any(begin(step.steps()));
			case LOOP -> {
				for (int i = 0; i < step.count(); i++) {
					perform(step.steps());
				}
			}
			case SLEEP -> Workflows.sleep(Duration.ofMillis(step.millis()));
			case AWAIT -> log.add(
					"await " + Workflows.await(Duration.ofMillis(step.millis()), () -> signals.size() >= step.count()));
			case SIDE_EFFECT -> log.add("side " + Workflows.sideEffect(Integer.class, Simulation::unrepeatable));
			case RANDOM -> log.add("random " + Workflows.random().nextInt(1_000_000) + Workflows.randomUuid());
			case PATCH -> log.add("patch " + Workflows.patched("p" + step.count()));
			case CANCEL -> cancel(step);
			case DETACHED -> Workflows.detachedScope(() -> perform(step.steps()));
			case CHILD -> child(step);
			case TELL -> tell(step);
			case FOREVER -> Workflows.await(() -> false);
			case FAIL -> throw ApplicationFailure.nonRetryable("Planned", "as planned");
		}
	}

	private List<Promise<@Nullable Void>> begin(List<Step> steps) {
		List<Promise<@Nullable Void>> begun = new ArrayList<>();
		steps.forEach(step -> begun.add(Workflows.asyncVoid(() -> perform(step))));
		return begun;
	}

	private void cancel(Step step) {
		List<Promise<@Nullable Void>> begun = new ArrayList<>();
		CancellationScope scope = Workflows.cancellationScope(() -> begun.addAll(begin(step.steps())));
		Workflows.sleep(Duration.ofMillis(step.millis()));
		scope.cancel();
		for (Promise<@Nullable Void> each : begun) {
			try {
				each.get();
				log.add("ended");
			}
			catch (CanceledFailure | ActivityFailure | ChildWorkflowFailure ex) {
				log.add("cancelled");
			}
		}
	}

	/** Nobody waits for a child that waits to be stopped. */
	private void child(Step step) {
		ParentClosePolicy close = ParentClosePolicy.values()[step.count()];
		boolean endless = step.local() && close != ParentClosePolicy.ABANDON;
		Program program = new Program(endless ? List.of(Step.of(Step.Kind.FOREVER, 0, 0)) : step.steps(), List.of());
		ChildOptions options = ChildOptions.defaults()
			.onParentClose(close)
			.onCancel(ChildCancellationType.values()[(int) step.millis()]);
		try {
			if (!endless && step.millis() < 2) {
				log.add("child " + Workflows.child("Program", options, Report.class, program));
				return;
			}
			ChildRef<@Nullable Report> child = Workflows.startChild("Program", options, Report.class, program);
			child.signal("signal", label());
			log.add("child told");
			if (!endless) {
				log.add("child " + child.result().get());
			}
		}
		catch (ChildWorkflowFailure ex) {
			if (ex.getCause() instanceof CanceledFailure) {
				throw ex;
			}
			log.add("child failed " + ex.getCause().getClass().getSimpleName());
		}
		catch (ApplicationFailure ex) {
			log.add("child gone " + ex.type());
		}
	}

	private void tell(Step step) {
		try {
			ExternalRef other = Workflows.external("w" + step.count());
			other.signal("signal", label());
			if (step.millis() == 700) {
				other.cancel();
			}
			log.add("told");
		}
		catch (ApplicationFailure ex) {
			log.add("not told " + ex.type());
		}
	}

	private String label() {
		return Workflows.info().runId() + "-" + ++labels;
	}

	private void call(Step step) {
		try {
			log.add("" + Workflows.activity("Chores.perform", settings(step), String.class, step));
		}
		catch (ActivityFailure ex) {
			if (ex.getCause() instanceof CanceledFailure) {
				throw ex;
			}
			log.add("failed " + ex.getCause().getClass().getSimpleName());
		}
	}

	private static ActivitySettings settings(Step step) {
		return step.local() ? localSettings(step) : queuedSettings(step);
	}

	/** Some wait longer, or take longer, than a turn waits. */
	private static ActivitySettings localSettings(Step step) {
		ActivitySettings settings = queuedSettings(step).withPlacement(Placement.LOCAL);
		if (step.millis() == 40) {
			settings = settings.withBackoff(Duration.ofSeconds(6), 1, Duration.ofSeconds(6));
		}
		return (step.kind() == Step.Kind.SLOW_ACTIVITY && step.millis() > 0)
				? settings.withStartToCloseTimeout(Duration.ofSeconds(20)) : settings;
	}

	private static ActivitySettings queuedSettings(Step step) {
		ActivitySettings settings = ActivitySettings.none()
			.withBackoff(Duration.ofMillis(100), 2, Duration.ofSeconds(2))
			.withMaximumAttempts((step.count() == 0) ? 0 : 2 + step.count() * 2)
			.withStartToCloseTimeout(Duration.ofSeconds(4));
		return switch (step.kind()) {
			case BEATING_ACTIVITY -> settings.withHeartbeatTimeout(Duration.ofSeconds(2));
			case HURRIED_ACTIVITY -> settings.withScheduleToCloseTimeout(Duration.ofMillis(step.millis()))
				.withScheduleToStartTimeout(Duration.ofMillis(step.millis() / 2 + 1));
			default -> settings;
		};
	}

}
