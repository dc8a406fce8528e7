package io.reprise.kernel;

import io.reprise.ErrorCode;
import io.reprise.WorkflowStatus;
import io.reprise.kernel.StartDecision.Existing;
import io.reprise.protocol.Command.StartWorkflow;
import org.jspecify.annotations.Nullable;

/**
 * Whether a workflow id may be used again.
 */
final class StartConflicts {

	private StartConflicts() {
	}

	static StartDecision decide(@Nullable Existing existing, StartWorkflow start) {
		if (existing == null) {
			return new StartDecision.StartNew();
		}
		if (existing.startRequestId().equals(start.requestId())) {
			return new StartDecision.UseExisting(existing.runId(), true);
		}
		return existing.status().isClosed() ? reuse(existing, start) : conflict(existing, start);
	}

	private static StartDecision conflict(Existing open, StartWorkflow start) {
		return switch (start.idConflictPolicy()) {
			case FAIL -> refuse("no running workflow " + start.key().workflowId(), open,
					"use another id, or USE_EXISTING or TERMINATE_EXISTING as the conflict policy");
			case USE_EXISTING -> new StartDecision.UseExisting(open.runId(), false);
			case TERMINATE_EXISTING -> new StartDecision.TerminateExisting(open.runId());
		};
	}

	private static StartDecision reuse(Existing closed, StartWorkflow start) {
		return switch (start.idReusePolicy()) {
			case ALLOW_DUPLICATE -> new StartDecision.StartNew();
			case ALLOW_DUPLICATE_FAILED_ONLY -> hasFailed(closed.status()) ? new StartDecision.StartNew()
					: refuse("workflow " + start.key().workflowId() + " to be new or to have failed", closed,
							"use another id, or ALLOW_DUPLICATE as the reuse policy");
			case REJECT_DUPLICATE -> refuse("workflow " + start.key().workflowId() + " to be new", closed,
					"use another id, or another reuse policy than REJECT_DUPLICATE");
		};
	}

	private static boolean hasFailed(WorkflowStatus status) {
		return switch (status) {
			case FAILED, CANCELED, TERMINATED, TIMED_OUT -> true;
			case RUNNING, COMPLETED, CONTINUED_AS_NEW -> false;
		};
	}

	private static StartDecision refuse(String expected, Existing existing, String action) {
		return new StartDecision.Refuse(ErrorCode.WORKFLOW_ALREADY_STARTED, "Expected %s, but its run %s is %s; %s"
			.formatted(expected, existing.runId(), existing.status().displayName(), action));
	}

}
