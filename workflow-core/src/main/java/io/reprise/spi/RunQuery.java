package io.reprise.spi;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which runs to list.
 *
 * @param namespace the namespace
 * @param conditions all must hold
 * @param order in which order
 * @param descending whether backwards
 * @param pageSize how many at most
 * @param pageToken where the page before ended, as {@link RunPage#nextPageToken()} said,
 * or {@code null}
 */
public record RunQuery(String namespace, List<Condition> conditions, Field order, boolean descending, int pageSize,
		@Nullable String pageToken) {

	public RunQuery {
		conditions = List.copyOf(conditions);
	}

	/**
	 * What can be asked for and ordered by. Times are given as {@link java.time.Instant},
	 * {@link #STATUS} as {@link io.reprise.WorkflowStatus}, {@link #STALLED} as
	 * {@link Boolean}, all others as {@link String}.
	 */
	public enum Field {

		WORKFLOW_ID, RUN_ID, TYPE, STATUS, TASK_QUEUE, START_TIME, CLOSE_TIME, STALLED

	}

	/** How a field is compared. */
	public enum Operator {

		EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN, STARTS_WITH

	}

	/**
	 * A comparison.
	 *
	 * @param field the field
	 * @param operator how
	 * @param values one value, for {@link Operator#IN} one or more
	 */
	public record Condition(Field field, Operator operator, List<Object> values) {

		public Condition {
			values = List.copyOf(values);
		}

	}

}
