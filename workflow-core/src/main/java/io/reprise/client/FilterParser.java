package io.reprise.client;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.WorkflowStatus;
import io.reprise.client.FilterTokens.Token;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunQuery.Condition;
import io.reprise.spi.RunQuery.Field;
import io.reprise.spi.RunQuery.Operator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the filters of lists: {@code field operator value} joined by {@code AND}, then
 * {@code ORDER BY field [ASC|DESC]}. Keywords and field names are read in any case.
 */
final class FilterParser {

	private static final Map<String, Field> FIELDS = Map.of("workflowid", Field.WORKFLOW_ID, "runid", Field.RUN_ID,
			"type", Field.TYPE, "workflowtype", Field.TYPE, "status", Field.STATUS, "taskqueue", Field.TASK_QUEUE,
			"starttime", Field.START_TIME, "closetime", Field.CLOSE_TIME, "stalled", Field.STALLED);

	private static final String KNOWN_FIELDS = "workflowId, runId, type, status, taskQueue, startTime, closeTime, stalled";

	private final String filter;

	private final FilterTokens tokens;

	private FilterParser(String filter) {
		this.filter = filter;
		this.tokens = new FilterTokens(filter);
	}

	/**
	 * Reads a filter.
	 * @param namespace the namespace to list
	 * @param filter the filter, empty for all
	 * @param pageSize how many runs at most
	 * @param pageToken where the page before ended, or {@code null}
	 * @return the query
	 * @throws WorkflowException with {@link ErrorCode#INVALID_FILTER}
	 */
	static RunQuery parse(String namespace, String filter, int pageSize, @Nullable String pageToken) {
		return new FilterParser(filter).query(namespace, pageSize, pageToken);
	}

	private RunQuery query(String namespace, int pageSize, @Nullable String pageToken) {
		List<Condition> conditions = new ArrayList<>();
		if (!tokens.isAtEnd() && !tokens.isWord("ORDER")) {
			conditions.add(condition());
			while (tokens.skipWord("AND")) {
				conditions.add(condition());
			}
		}
		Field order = Field.START_TIME;
		boolean descending = true;
		if (tokens.skipWord("ORDER")) {
			if (!tokens.skipWord("BY")) {
				throw expected("BY after ORDER");
			}
			order = orderField();
			descending = tokens.skipWord("DESC");
			if (!descending) {
				tokens.skipWord("ASC");
			}
		}
		if (!tokens.isAtEnd()) {
			throw expected("AND, ORDER BY or the end");
		}
		return new RunQuery(namespace, conditions, order, descending, pageSize, pageToken);
	}

	private Field orderField() {
		Field field = field();
		if (field != Field.START_TIME && field != Field.CLOSE_TIME && field != Field.WORKFLOW_ID) {
			throw invalid("Expected to order by startTime, closeTime or workflowId, but found another field");
		}
		return field;
	}

	private Condition condition() {
		Field field = field();
		Operator operator = operator();
		if (operator == Operator.IN) {
			return new Condition(field, operator, values(field));
		}
		boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
		if ((field == Field.STATUS || field == Field.STALLED) && !equality) {
			throw invalid("Expected =, != or IN for status and = or != for stalled, but found another operator");
		}
		if (operator == Operator.STARTS_WITH && (field == Field.START_TIME || field == Field.CLOSE_TIME)) {
			throw invalid("Expected STARTS_WITH on a text, but the field is a time");
		}
		return new Condition(field, operator, List.of(value(field)));
	}

	private Field field() {
		Token token = tokens.next();
		Field field = (token != null && token.isWord()) ? FIELDS.get(token.text().toLowerCase(Locale.ROOT)) : null;
		if (field == null) {
			throw invalid("Expected a field (%s), but found %s".formatted(KNOWN_FIELDS, describe(token)));
		}
		return field;
	}

	private Operator operator() {
		Token token = tokens.next();
		String text = (token != null) ? token.text().toUpperCase(Locale.ROOT) : "";
		return switch (text) {
			case "=" -> Operator.EQUAL;
			case "!=", "<>" -> Operator.NOT_EQUAL;
			case "<" -> Operator.LESS;
			case "<=" -> Operator.LESS_OR_EQUAL;
			case ">" -> Operator.GREATER;
			case ">=" -> Operator.GREATER_OR_EQUAL;
			case "IN" -> Operator.IN;
			case "STARTS_WITH" -> Operator.STARTS_WITH;
			default -> throw invalid(
					"Expected an operator (=, !=, <, <=, >, >=, IN, STARTS_WITH), but found " + describe(token));
		};
	}

	private List<Object> values(Field field) {
		if (!tokens.skipSymbol("(")) {
			throw expected("( after IN");
		}
		List<Object> values = new ArrayList<>();
		values.add(value(field));
		while (tokens.skipSymbol(",")) {
			values.add(value(field));
		}
		if (!tokens.skipSymbol(")")) {
			throw expected(", or )");
		}
		return values;
	}

	private Object value(Field field) {
		Token token = tokens.next();
		if (token == null || token.isSymbol()) {
			throw invalid("Expected a value, but found " + describe(token));
		}
		String text = token.text();
		return switch (field) {
			case STATUS -> status(text);
			case STALLED -> stalled(text);
			case START_TIME, CLOSE_TIME -> time(text);
			case WORKFLOW_ID, RUN_ID, TYPE, TASK_QUEUE -> text;
		};
	}

	private WorkflowStatus status(String text) {
		return Arrays.stream(WorkflowStatus.values())
			.filter((status) -> status.displayName().equalsIgnoreCase(text) || status.name().equalsIgnoreCase(text))
			.findFirst()
			.orElseThrow(() -> invalid(
					"Expected a status (%s), but found '%s'".formatted(Arrays.stream(WorkflowStatus.values())
						.map(WorkflowStatus::displayName)
						.collect(Collectors.joining(", ")), text)));
	}

	private Boolean stalled(String text) {
		if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
			throw invalid("Expected true or false, but found '" + text + "'");
		}
		return Boolean.valueOf(text.toLowerCase(Locale.ROOT));
	}

	private Instant time(String text) {
		try {
			return Instant.parse(text);
		}
		catch (DateTimeParseException ex) {
			throw invalid("Expected a time such as '2026-01-31T12:00:00Z', but found '" + text + "'");
		}
	}

	private WorkflowException expected(String what) {
		return invalid("Expected " + what + ", but found " + describe(tokens.next()));
	}

	private static String describe(@Nullable Token token) {
		return (token != null) ? "'" + token.text() + "'" : "the end";
	}

	private WorkflowException invalid(String message) {
		return new WorkflowException(ErrorCode.INVALID_FILTER, message + ", in the filter: " + filter);
	}

}
