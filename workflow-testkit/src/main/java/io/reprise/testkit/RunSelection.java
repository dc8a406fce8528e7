package io.reprise.testkit;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.WorkflowStatus;
import io.reprise.spi.RunPage;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunQuery.Condition;
import io.reprise.spi.RunQuery.Field;
import io.reprise.spi.RunRecord;
import org.jspecify.annotations.Nullable;

/**
 * Answers a query as SQL would. A field without a value (the close time of an open run)
 * meets no condition, not even "not equal", and is ordered as if it were greater than
 * all. Runs with equal values are in the order of their ids. Texts compare by code unit,
 * which is upper case before lower case; states in the order they are declared in.
 */
final class RunSelection {

	private final RunQuery query;

	private final Comparator<PagePosition> order;

	RunSelection(RunQuery query) {
		this.query = query;
		Comparator<PagePosition> ascending = Comparator
			.comparing(PagePosition::value, Comparator.nullsLast(Comparator.<Comparable<Object>>naturalOrder()))
			.thenComparing(PagePosition::runId);
		order = query.descending() ? ascending.reversed() : ascending;
		query.conditions().forEach(RunSelection::check);
	}

	RunPage select(Collection<RunRecord> runs) {
		if (query.pageSize() < 1) {
			throw invalid("Expected a page size of one or more, but found " + query.pageSize());
		}
		PagePosition after = (query.pageToken() != null)
				? PagePosition.decode(query.pageToken(), query.order(), query.descending()) : null;
		List<RunRecord> found = runs.stream()
			.filter(this::matches)
			.filter(run -> after == null || order.compare(position(run), after) > 0)
			.sorted(Comparator.comparing(this::position, order))
			.limit(query.pageSize() + 1L)
			.toList();
		if (found.size() <= query.pageSize()) {
			return new RunPage(found, null);
		}
		List<RunRecord> page = found.subList(0, query.pageSize());
		return new RunPage(page, position(page.getLast()).encode(query.order(), query.descending()));
	}

	private PagePosition position(RunRecord run) {
		return new PagePosition(value(run, query.order()), run.key().runId());
	}

	private boolean matches(RunRecord run) {
		return run.key().namespace().equals(query.namespace())
				&& query.conditions().stream().allMatch(condition -> matches(run, condition));
	}

	private static void check(Condition condition) {
		if (condition.values().isEmpty()) {
			throw invalid("Expected a value to compare " + condition.field() + " with, but found none");
		}
		condition.values().forEach(value -> operand(condition.field(), value));
		boolean fits = switch (condition.operator()) {
			case EQUAL, NOT_EQUAL, IN -> true;
			case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> condition.field() != Field.STALLED;
			case STARTS_WITH -> condition.values().getFirst() instanceof String;
		};
		if (!fits) {
			throw invalid("Expected an operator that fits %s, but found %s".formatted(condition.field(),
					condition.operator()));
		}
	}

	private static boolean matches(RunRecord run, Condition condition) {
		List<Comparable<Object>> operands = condition.values()
			.stream()
			.map(value -> operand(condition.field(), value))
			.toList();
		Comparable<Object> value = value(run, condition.field());
		if (value == null) {
			return false;
		}
		Comparable<Object> operand = operands.getFirst();
		return switch (condition.operator()) {
			case EQUAL -> value.equals(operand);
			case NOT_EQUAL -> !value.equals(operand);
			case LESS -> value.compareTo(operand) < 0;
			case LESS_OR_EQUAL -> value.compareTo(operand) <= 0;
			case GREATER -> value.compareTo(operand) > 0;
			case GREATER_OR_EQUAL -> value.compareTo(operand) >= 0;
			case IN -> operands.contains(value);
			case STARTS_WITH -> value.toString().startsWith(operand.toString());
		};
	}

	private static @Nullable Comparable<Object> value(RunRecord run, Field field) {
		return switch (field) {
			case WORKFLOW_ID -> comparable(run.key().workflowId());
			case RUN_ID -> comparable(run.key().runId());
			case TYPE -> comparable(run.workflowType());
			case STATUS -> comparable(run.status());
			case TASK_QUEUE -> comparable(run.taskQueue());
			case START_TIME -> comparable(run.startTime());
			case CLOSE_TIME -> (run.closeTime() != null) ? comparable(run.closeTime()) : null;
			case STALLED -> comparable(run.stall() != null);
		};
	}

	private static Comparable<Object> operand(Field field, Object value) {
		Class<?> expected = switch (field) {
			case WORKFLOW_ID, RUN_ID, TYPE, TASK_QUEUE -> String.class;
			case STATUS -> WorkflowStatus.class;
			case START_TIME, CLOSE_TIME -> Instant.class;
			case STALLED -> Boolean.class;
		};
		if (!expected.isInstance(value)) {
			throw invalid("Expected a %s to compare %s with, but found a %s".formatted(expected.getSimpleName(), field,
					value.getClass().getSimpleName()));
		}
		return comparable(value);
	}

	@SuppressWarnings("unchecked")
	private static Comparable<Object> comparable(Object value) {
		return (Comparable<Object>) value;
	}

	private static WorkflowException invalid(String message) {
		return new WorkflowException(ErrorCode.INVALID_FILTER, message);
	}

}
