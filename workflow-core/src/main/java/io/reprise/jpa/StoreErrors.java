package io.reprise.jpa;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Locale;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.spi.StoreException;
import io.reprise.spi.StoreException.Outcome;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** Tells from an exception what became of the work. */
final class StoreErrors {

	private StoreErrors() {
	}

	/** How far the work had come. */
	enum Stage {

		/** No commit was asked for: whatever happened, the database undoes it. */
		BEFORE_COMMIT,
		/** One statement that commits itself was sent. */
		SELF_COMMITTING,
		/** The commit was asked for. */
		COMMITTING

	}

	/**
	 * Makes the exception to be thrown.
	 * @param what what was tried, as in "Expected to ..."
	 * @param stage how far it had come
	 * @param ex what was thrown
	 * @return the exception
	 */
	static WorkflowException translate(String what, Stage stage, Exception ex) {
		if (ex instanceof WorkflowException already) {
			return already;
		}
		SQLException sql = sqlException(ex);
		String state = stateOf(sql);
		Outcome outcome = outcomeOf(stage, state, ex);
		Throwable cause = (sql instanceof BatchUpdateException) ? withoutRows(sql) : ex;
		SQLException deepest = deepest(sqlException(cause));
		String found = withoutPeriod(String.valueOf(((deepest != null) ? deepest : cause).getMessage()));
		return new StoreException(outcome, "Expected to " + what + ", but the database answered: " + found
				+ ((state != null) ? " (SQL state " + state + ")" : "") + ". " + action(outcome), cause);
	}

	/**
	 * Whether the database chose this work to be undone for the sake of others: a
	 * deadlock, or a transaction that could not be serialized.
	 * @param ex what became of the work
	 * @return {@code true} if nothing was written, and it may succeed at once
	 */
	static boolean isLostToRival(StoreException ex) {
		String state = stateOf((ex.getCause() != null) ? sqlException(ex.getCause()) : null);
		return ex.outcome() == Outcome.NOTHING_WRITTEN && ("40001".equals(state) || "40P01".equals(state));
	}

	/**
	 * Makes the exception for what failed inside a transaction of the application.
	 * @param what what was tried, as in "Expected to ..."
	 * @param ex what was thrown
	 * @return the exception
	 */
	static WorkflowException inTransaction(String what, SQLException ex) {
		String state = stateOf(ex);
		SQLException deepest = deepest(ex);
		String found = withoutPeriod(String.valueOf(((deepest != null) ? deepest : ex).getMessage()));
		boolean waitedInVain = "55P03".equals(state) || "HYT00".equals(state);
		return new WorkflowException(waitedInVain ? ErrorCode.WORKFLOW_ID_HELD : ErrorCode.STORE_UNAVAILABLE,
				"Expected to " + what + " within the caller's transaction, but the database answered: " + found
						+ ((state != null) ? " (SQL state " + state + ")" : "")
						+ ". Roll the transaction back; it may succeed when tried again",
				withoutRows(ex));
	}

	/**
	 * What is behind the exception of a batch: drivers write the rows into that one,
	 * payloads included, and it would end up in logs.
	 */
	static Throwable withoutRows(SQLException ex) {
		if (!(ex instanceof BatchUpdateException)) {
			return ex;
		}
		Throwable behind = (ex.getCause() != null) ? ex.getCause() : ex.getNextException();
		return (behind != null) ? behind
				: new SQLException("A statement of a batch failed", ex.getSQLState(), ex.getErrorCode());
	}

	/** What others wrote, to stand inside a sentence of ours. */
	static String withoutPeriod(String text) {
		return text.strip().replaceFirst("\\.+$", "");
	}

	private static String action(Outcome outcome) {
		return switch (outcome) {
			case NOTHING_WRITTEN -> "Nothing was written; it is tried again";
			case REFUSED -> "Nothing was written; trying it again is of no use";
			case UNKNOWN -> "It may have been written: what is stored decides";
		};
	}

	private static Outcome outcomeOf(Stage stage, @Nullable String state, Exception ex) {
		Outcome undone = (state != null) ? undone(state) : undone(ex);
		return switch (stage) {
			case BEFORE_COMMIT -> undone;
			// A server that is there to report an error of the statement has undone it
			case SELF_COMMITTING -> (state != null && !isConnectionLost(state)) ? undone : Outcome.UNKNOWN;
			case COMMITTING -> (state != null && isRollback(state)) ? undone : Outcome.UNKNOWN;
		};
	}

	/** Given that nothing was written: does it help to try again? */
	private static Outcome undone(String state) {
		return switch (state.substring(0, 2)) {
			// data too long or malformed, constraints, syntax, limits of the server
			case "21", "22", "23", "54" -> Outcome.REFUSED;
			case "42" -> isSetUp(state) ? Outcome.NOTHING_WRITTEN : Outcome.REFUSED;
			default -> Outcome.NOTHING_WRITTEN;
		};
	}

	/** A missing table or privilege is repaired by an administrator. */
	private static boolean isSetUp(String state) {
		return switch (state) {
			case "42501", "42P01", "42S02", "42S04", "42000" -> true;
			default -> false;
		};
	}

	private static Outcome undone(Exception ex) {
		boolean environment = ex instanceof TransactionException || ex instanceof TransientDataAccessException
				|| ex instanceof NonTransientDataAccessResourceException || sqlException(ex) != null;
		return environment ? Outcome.NOTHING_WRITTEN : Outcome.REFUSED;
	}

	private static boolean isConnectionLost(String state) {
		// 40003 statement completion unknown; 57P0x the server goes down; 90xxx H2's own
		return state.startsWith("08") || state.startsWith("57P") || state.equals("40003") || state.startsWith("58")
				|| state.startsWith("XX") || state.startsWith("90") || state.toUpperCase(Locale.ROOT).startsWith("HY");
	}

	private static boolean isRollback(String state) {
		return !state.equals("40003")
				&& (state.startsWith("40") || state.startsWith("23") || state.equals("25P02") || state.equals("2D000"));
	}

	private static @Nullable String stateOf(@Nullable SQLException ex) {
		SQLException current = ex;
		while (current != null) {
			String state = current.getSQLState();
			if (state != null && state.length() == 5) {
				return state;
			}
			current = (current.getCause() instanceof SQLException cause && cause != current) ? cause
					: current.getNextException();
		}
		return null;
	}

	/** A pool wraps what the driver said; the driver wraps what is of no interest. */
	private static @Nullable SQLException deepest(@Nullable SQLException ex) {
		SQLException current = ex;
		while (current != null && current.getCause() instanceof SQLException cause && cause != current) {
			current = cause;
		}
		return current;
	}

	private static @Nullable SQLException sqlException(Throwable ex) {
		Throwable current = ex;
		while (current != null) {
			if (current instanceof SQLException sql) {
				return sql;
			}
			current = (current.getCause() != current) ? current.getCause() : null;
		}
		return null;
	}

}
