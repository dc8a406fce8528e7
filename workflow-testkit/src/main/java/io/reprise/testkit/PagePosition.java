package io.reprise.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.WorkflowStatus;
import io.reprise.spi.RunQuery.Field;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ends: the last run's value in the order asked for, and its id. As a token
 * it also names the order, since it means nothing in another.
 *
 * @param value the value, or {@code null} if the run has none
 * @param runId the run
 */
record PagePosition(@Nullable Comparable<Object> value, String runId) {

	String encode(Field order, boolean descending) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeUTF(order.name());
			out.writeBoolean(descending);
			out.writeBoolean(value != null);
			if (value != null) {
				out.writeUTF(value.toString());
			}
			out.writeUTF(runId);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
	}

	static PagePosition decode(String token, Field order, boolean descending) {
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(Base64.getUrlDecoder().decode(token)))) {
			boolean sameOrder = in.readUTF().equals(order.name()) & in.readBoolean() == descending;
			if (!sameOrder) {
				throw invalid(token, null);
			}
			Comparable<Object> value = in.readBoolean() ? value(order, in.readUTF()) : null;
			return new PagePosition(value, in.readUTF());
		}
		catch (IOException | IllegalArgumentException | DateTimeException ex) {
			throw invalid(token, ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static Comparable<Object> value(Field order, String text) {
		Object value = switch (order) {
			case WORKFLOW_ID, RUN_ID, TYPE, TASK_QUEUE -> text;
			case STATUS -> WorkflowStatus.valueOf(text);
			case START_TIME, CLOSE_TIME -> Instant.parse(text);
			case STALLED -> Boolean.valueOf(text);
		};
		return (Comparable<Object>) value;
	}

	private static WorkflowException invalid(String token, @Nullable Throwable cause) {
		return new WorkflowException(ErrorCode.INVALID_FILTER,
				"Expected the token of a page in this order, but found '%s': ask for the first page".formatted(token),
				cause);
	}

}
