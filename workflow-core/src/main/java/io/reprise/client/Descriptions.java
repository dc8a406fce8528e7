package io.reprise.client;

import java.util.List;

import io.reprise.WorkflowDescription;
import io.reprise.WorkflowDescription.PendingActivity;
import io.reprise.WorkflowDescription.PendingTimer;
import io.reprise.WorkflowDescription.Stall;
import io.reprise.WorkflowSummary;
import io.reprise.engine.RunReader.RunView;
import io.reprise.kernel.Run;
import io.reprise.kernel.RunOverlay.Attempt;
import io.reprise.protocol.Failure;
import io.reprise.spi.RunRecord;
import org.jspecify.annotations.Nullable;

/**
 * Shows runs to people.
 */
final class Descriptions {

	private Descriptions() {
	}

	static WorkflowDescription of(RunView view) {
		Run run = view.run();
		List<PendingActivity> activities = run.state().activities().values().stream().map((activity) -> {
			Attempt attempt = run.overlay().attempts().getOrDefault(activity.activityId(), Attempt.FIRST);
			return new PendingActivity(activity.activityId(), activity.activityType(), attempt.attempt(),
					activity.scheduledAt(), attempt.nextDue(), message(attempt.lastFailure()));
		}).toList();
		List<PendingTimer> timers = run.state()
			.timers()
			.values()
			.stream()
			.map((timer) -> new PendingTimer(timer.timerId(), timer.fireAt()))
			.toList();
		return new WorkflowDescription(summary(view.record()), view.record().historyEvents(),
				view.record().historyBytes(), run.state().cancelRequested(), activities, timers);
	}

	static WorkflowSummary summary(RunRecord record) {
		RunRecord.StallRecord stall = record.stall();
		return new WorkflowSummary(record.key().workflowId(), record.key().runId(), record.workflowType(),
				record.taskQueue(), record.status(), record.startTime(), record.closeTime(),
				(stall != null) ? new Stall(stall.code(), stall.message(), stall.since(), stall.attempts()) : null);
	}

	private static @Nullable String message(@Nullable Failure failure) {
		return switch (failure) {
			case null -> null;
			case Failure.Application application -> application.type() + ": " + application.message();
			case Failure.Timeout timeout -> timeout.message();
			case Failure.Canceled canceled -> canceled.message();
			case Failure.Terminated terminated -> terminated.message();
			case Failure.WorkerLost lost -> "WorkerLost: " + lost.message();
			case Failure.Activity activity -> message(activity.cause());
			case Failure.Child child -> message(child.cause());
		};
	}

}
