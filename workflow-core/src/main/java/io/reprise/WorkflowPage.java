package io.reprise;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param workflows the runs
 * @param nextPageToken what asks for the next page, or {@code null} after the last
 */
public record WorkflowPage(List<WorkflowSummary> workflows, @Nullable String nextPageToken) {

	public WorkflowPage {
		workflows = List.copyOf(workflows);
	}

}
