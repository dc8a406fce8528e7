package io.reprise.jpa;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.spi.RunQuery;
import io.reprise.spi.RunQuery.Field;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended: the last run's place in the order, so that runs which come or go
 * meanwhile shift nothing.
 *
 * @param value the value it was ordered by: an {@link Instant}, a {@link Short}, an
 * {@link Integer} or a {@link String}; {@code null} if it has none
 * @param runId its run id
 */
record PageToken(@Nullable Object value, String runId) {

	private static final String VERSION = "1";

	/**
	 * Reads a token.
	 * @throws WorkflowException with {@code INVALID_FILTER} if it is none, or belongs to
	 * a query with another order
	 */
	static PageToken decode(String token, RunQuery query) {
		try {
			String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
			// The value comes last: it may contain anything
			String[] parts = text.split("\n", 4);
			if (parts.length == 4 && parts[0].equals(VERSION) && parts[1].equals(orderOf(query))) {
				return new PageToken(readValue(query.order(), parts[3]), parts[2]);
			}
		}
		catch (RuntimeException ex) {
			throw invalid(ex);
		}
		throw invalid(null);
	}

	private static WorkflowException invalid(@Nullable Exception cause) {
		return new WorkflowException(ErrorCode.INVALID_FILTER,
				"Expected the page token of the page before, with the same order, but found another text. "
						+ "Ask for the first page again, without a token.",
				cause);
	}

	String encode(RunQuery query) {
		String text = VERSION + "\n" + orderOf(query) + "\n" + runId + "\n" + writeValue();
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String orderOf(RunQuery query) {
		return query.order() + (query.descending() ? " desc" : " asc");
	}

	private String writeValue() {
		if (value == null) {
			return "-";
		}
		return "=" + ((value instanceof Instant time) ? ChronoUnit.MICROS.between(Instant.EPOCH, time) : value);
	}

	private static @Nullable Object readValue(Field order, String text) {
		if (text.equals("-")) {
			return null;
		}
		if (!text.startsWith("=")) {
			throw new IllegalArgumentException(text);
		}
		String value = text.substring(1);
		return switch (order) {
			case START_TIME, CLOSE_TIME -> Instant.EPOCH.plus(Long.parseLong(value), ChronoUnit.MICROS);
			case STATUS -> Short.valueOf(value);
			case STALLED -> Integer.valueOf(value);
			case WORKFLOW_ID, RUN_ID, TYPE, TASK_QUEUE -> value;
		};
	}

}
