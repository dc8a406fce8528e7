package io.reprise.jpa;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.WorkflowStatus;
import io.reprise.spi.RunPage;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunQuery.Condition;
import io.reprise.spi.RunQuery.Field;
import io.reprise.spi.RunQuery.Operator;
import io.reprise.spi.RunRecord;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Nulls;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@link RunQuery} into a query. A condition on a value that a run does not have
 * (the close time of an open one) does not hold. Runs without the value of the order come
 * as if it were greater than all.
 */
final class RunLister {

	private static final int MAX_PAGE = 1_000;

	private static final char ESCAPE = '!';

	private final RunQuery query;

	private final @Nullable PageToken after;

	/**
	 * Checks a query.
	 * @throws WorkflowException with {@code INVALID_FILTER}
	 */
	RunLister(RunQuery query) {
		if (query.pageSize() < 1) {
			throw invalid("Expected a page size of at least 1, but found " + query.pageSize());
		}
		query.conditions().forEach(RunLister::check);
		this.query = query;
		this.after = (query.pageToken() != null) ? PageToken.decode(query.pageToken(), query) : null;
	}

	private static void check(Condition condition) {
		if (condition.values().isEmpty()) {
			throw invalid("Expected a value for " + condition.field() + ", but found none");
		}
		condition.values().forEach(value -> column(condition.field(), value));
		boolean fits = switch (condition.operator()) {
			case EQUAL, NOT_EQUAL, IN -> true;
			case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> condition.field() != Field.STALLED;
			case STARTS_WITH -> condition.values().getFirst() instanceof String;
		};
		if (!fits) {
			throw invalid("Expected an operator for " + condition.field() + ", but found " + condition.operator()
					+ ", which it cannot be compared by");
		}
	}

	RunPage list(EntityManager entityManager) {
		CriteriaBuilder builder = entityManager.getCriteriaBuilder();
		CriteriaQuery<ExecutionEntity> criteria = builder.createQuery(ExecutionEntity.class);
		Root<ExecutionEntity> run = criteria.from(ExecutionEntity.class);
		List<Predicate> predicates = new ArrayList<>();
		predicates.add(builder.equal(run.get("namespace"), query.namespace()));
		for (Condition condition : query.conditions()) {
			predicates.add(predicate(builder, run, condition));
		}
		if (after != null) {
			predicates.add(behind(builder, run, after));
		}
		criteria.select(run).where(predicates.toArray(Predicate[]::new)).orderBy(order(builder, run));
		int pageSize = Math.min(query.pageSize(), MAX_PAGE);
		List<RunRecord> runs = entityManager.createQuery(criteria)
			.setMaxResults(pageSize + 1)
			.getResultStream()
			.map(ExecutionEntity::toRecord)
			.toList();
		if (runs.size() <= pageSize) {
			return new RunPage(runs, null);
		}
		RunRecord last = runs.get(pageSize - 1);
		return new RunPage(runs.subList(0, pageSize), new PageToken(valueOf(last), last.key().runId()).encode(query));
	}

	private List<Order> order(CriteriaBuilder builder, Root<ExecutionEntity> run) {
		Expression<?> column = expression(builder, run, query.order());
		Expression<?> runId = run.get("runId");
		return query.descending() ? List.of(builder.desc(column, Nulls.FIRST), builder.desc(runId))
				: List.of(builder.asc(column, Nulls.LAST), builder.asc(runId));
	}

	@SuppressWarnings("unchecked")
	private Predicate behind(CriteriaBuilder builder, Root<ExecutionEntity> run, PageToken token) {
		Expression<Comparable<Object>> column = (Expression<Comparable<Object>>) expression(builder, run,
				query.order());
		Expression<String> id = run.get("runId");
		Predicate laterId = query.descending() ? builder.lessThan(id, token.runId())
				: builder.greaterThan(id, token.runId());
		if (token.value() == null) {
			Predicate tie = builder.and(builder.isNull(column), laterId);
			return query.descending() ? builder.or(builder.isNotNull(column), tie) : tie;
		}
		Comparable<Object> value = (Comparable<Object>) token.value();
		Predicate tie = builder.and(builder.equal(column, value), laterId);
		if (query.descending()) {
			return builder.or(builder.lessThan(column, value), tie);
		}
		return (query.order() == Field.CLOSE_TIME)
				? builder.or(builder.greaterThan(column, value), builder.isNull(column), tie)
				: builder.or(builder.greaterThan(column, value), tie);
	}

	@SuppressWarnings("unchecked")
	private Predicate predicate(CriteriaBuilder builder, Root<ExecutionEntity> run, Condition condition) {
		if (condition.field() == Field.WORKFLOW_ID && isOneOf(condition.operator())) {
			// The key has an index; the id may be too long for one
			return run.get("workflowKey")
				.in(condition.values().stream().map(id -> WorkflowKey.of(query.namespace(), (String) id)).toList());
		}
		if (condition.field() == Field.STATUS && isOneOf(condition.operator())) {
			return statusIn(builder, run, condition.values());
		}
		Expression<Comparable<Object>> column = (Expression<Comparable<Object>>) expression(builder, run,
				condition.field());
		Comparable<Object> value = (Comparable<Object>) column(condition.field(), condition.values().getFirst());
		return switch (condition.operator()) {
			case EQUAL -> builder.equal(column, value);
			case NOT_EQUAL -> builder.notEqual(column, value);
			case LESS -> builder.lessThan(column, value);
			case LESS_OR_EQUAL -> builder.lessThanOrEqualTo(column, value);
			case GREATER -> builder.greaterThan(column, value);
			case GREATER_OR_EQUAL -> builder.greaterThanOrEqualTo(column, value);
			case IN -> column.in(condition.values().stream().map(one -> column(condition.field(), one)).toList());
			case STARTS_WITH -> builder.like(column.as(String.class), prefix(value.toString()), ESCAPE);
		};
	}

	/**
	 * As literals, for the index leaves the most common status out: PostgreSQL has to
	 * know that it is another one.
	 */
	private static Predicate statusIn(CriteriaBuilder builder, Root<ExecutionEntity> run, List<Object> values) {
		List<Expression<Short>> codes = values.stream()
			.map((value) -> builder.literal((Short) column(Field.STATUS, value)))
			.toList();
		return (codes.size() == 1) ? builder.equal(run.get("status"), codes.getFirst())
				: run.get("status").in(codes.toArray(Expression[]::new));
	}

	private static boolean isOneOf(Operator operator) {
		return operator == Operator.EQUAL || operator == Operator.IN;
	}

	private static String prefix(String text) {
		StringBuilder pattern = new StringBuilder();
		for (char c : text.toCharArray()) {
			if (c == '%' || c == '_' || c == ESCAPE) {
				pattern.append(ESCAPE);
			}
			pattern.append(c);
		}
		return pattern.append('%').toString();
	}

	private static Expression<?> expression(CriteriaBuilder builder, Root<ExecutionEntity> run, Field field) {
		return switch (field) {
			case WORKFLOW_ID -> run.get("workflowId");
			case RUN_ID -> run.get("runId");
			case TYPE -> run.get("workflowType");
			case STATUS -> run.get("status");
			case TASK_QUEUE -> run.get("taskQueue");
			case START_TIME -> run.get("startTime");
			case CLOSE_TIME -> run.get("closeTime");
			case STALLED -> builder.<Integer>selectCase().when(builder.isNull(run.get("stallCode")), 0).otherwise(1);
		};
	}

	/** A value as the column has it. */
	private static Object column(Field field, Object value) {
		return switch (field) {
			case WORKFLOW_ID, RUN_ID, TYPE, TASK_QUEUE -> expected(String.class, field, value);
			case STATUS -> StatusCodes.codeOf(expected(WorkflowStatus.class, field, value));
			case START_TIME, CLOSE_TIME -> Instants.stored(expected(Instant.class, field, value));
			case STALLED -> expected(Boolean.class, field, value) ? 1 : 0;
		};
	}

	private static <T> T expected(Class<T> type, Field field, Object value) {
		if (!type.isInstance(value)) {
			throw invalid("Expected a value of type " + type.getSimpleName() + " for " + field + ", but found "
					+ value.getClass().getSimpleName());
		}
		return type.cast(value);
	}

	private @Nullable Object valueOf(RunRecord run) {
		return switch (query.order()) {
			case WORKFLOW_ID -> run.key().workflowId();
			case RUN_ID -> run.key().runId();
			case TYPE -> run.workflowType();
			case STATUS -> StatusCodes.codeOf(run.status());
			case TASK_QUEUE -> run.taskQueue();
			case START_TIME -> run.startTime();
			case CLOSE_TIME -> run.closeTime();
			case STALLED -> (run.stall() != null) ? 1 : 0;
		};
	}

	private static WorkflowException invalid(String message) {
		return new WorkflowException(ErrorCode.INVALID_FILTER, message);
	}

}
