package io.reprise.jpa;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.jpa.StoreErrors.Stage;
import io.reprise.spi.StoreException;
import io.reprise.spi.StoreException.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

import static org.assertj.core.api.Assertions.assertThat;

/** What each failure means for the work. */
class StoreErrorsTests {

	@ParameterizedTest
	@CsvSource({
			// connection gone
			"08006, NOTHING_WRITTEN, UNKNOWN, UNKNOWN", "57P01, NOTHING_WRITTEN, UNKNOWN, UNKNOWN",
			"57P03, NOTHING_WRITTEN, UNKNOWN, UNKNOWN", "40003, NOTHING_WRITTEN, UNKNOWN, UNKNOWN",
			"90067, NOTHING_WRITTEN, UNKNOWN, UNKNOWN", "58030, NOTHING_WRITTEN, UNKNOWN, UNKNOWN",
			// somebody was in the way
			"40001, NOTHING_WRITTEN, NOTHING_WRITTEN, NOTHING_WRITTEN",
			"40P01, NOTHING_WRITTEN, NOTHING_WRITTEN, NOTHING_WRITTEN",
			"55P03, NOTHING_WRITTEN, NOTHING_WRITTEN, UNKNOWN", "57014, NOTHING_WRITTEN, NOTHING_WRITTEN, UNKNOWN",
			"53300, NOTHING_WRITTEN, NOTHING_WRITTEN, UNKNOWN", "HYT00, NOTHING_WRITTEN, UNKNOWN, UNKNOWN",
			// the work itself
			"23505, REFUSED, REFUSED, REFUSED", "22001, REFUSED, REFUSED, UNKNOWN", "22021, REFUSED, REFUSED, UNKNOWN",
			"54000, REFUSED, REFUSED, UNKNOWN", "42601, REFUSED, REFUSED, UNKNOWN",
			// what an administrator can repair
			"42P01, NOTHING_WRITTEN, NOTHING_WRITTEN, UNKNOWN", "42501, NOTHING_WRITTEN, NOTHING_WRITTEN, UNKNOWN" })
	void shouldTellFromTheStateWhatBecameOfTheWork(String state, Outcome before, Outcome alone, Outcome committing) {
		SQLException ex = new SQLException("it broke", state);

		assertThat(outcome(Stage.BEFORE_COMMIT, ex)).isEqualTo(before);
		assertThat(outcome(Stage.SELF_COMMITTING, ex)).isEqualTo(alone);
		assertThat(outcome(Stage.COMMITTING, ex)).isEqualTo(committing);
		assertThat(outcome(Stage.BEFORE_COMMIT, new IllegalStateException(ex))).isEqualTo(before);
	}

	@Test
	void shouldTellWithoutAState() {
		SQLException exhausted = new SQLTransientConnectionException("pool is empty");

		assertThat(outcome(Stage.BEFORE_COMMIT, exhausted)).isEqualTo(Outcome.NOTHING_WRITTEN);
		assertThat(outcome(Stage.BEFORE_COMMIT, new CannotCreateTransactionException("down")))
			.isEqualTo(Outcome.NOTHING_WRITTEN);
		assertThat(outcome(Stage.COMMITTING, new TransactionSystemException("lost", new IOException())))
			.isEqualTo(Outcome.UNKNOWN);
		assertThat(outcome(Stage.SELF_COMMITTING, new SQLException("?"))).isEqualTo(Outcome.UNKNOWN);
		assertThat(outcome(Stage.BEFORE_COMMIT, new ClassCastException())).isEqualTo(Outcome.REFUSED);
	}

	@Test
	void shouldNotRepeatTheRowsOfABatch() {
		BatchUpdateException batch = new BatchUpdateException("INSERT ... ('secret payload')", "23505", new int[0]);
		batch.initCause(new SQLException("duplicate key", "23505"));

		WorkflowException ex = StoreErrors.translate("write", Stage.BEFORE_COMMIT, new IllegalStateException(batch));

		assertThat(ex).hasMessage("Expected to write, but the database answered: duplicate key (SQL state 23505). "
				+ "Nothing was written; trying it again is of no use");
		assertThat(ex).hasStackTraceContaining("duplicate key");
		assertThat(ex.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
		java.io.StringWriter trace = new java.io.StringWriter();
		ex.printStackTrace(new java.io.PrintWriter(trace));
		assertThat(trace.toString()).doesNotContain("secret");
	}

	@ParameterizedTest
	@EnumSource
	void shouldEndNoSentenceTwice(Stage stage) {
		SQLException ex = new SQLException("The database has been closed. ");

		assertThat(StoreErrors.translate("write", stage, ex))
			.hasMessageStartingWith("Expected to write, but the database answered: The database has been closed. ")
			.hasMessageNotContaining("..")
			.hasMessageMatching(".*[^.]");
	}

	@Test
	void shouldLetOurOwnPass() {
		WorkflowException ours = new WorkflowException(ErrorCode.INVALID_FILTER, "bad");

		assertThat(StoreErrors.translate("list", Stage.BEFORE_COMMIT, ours)).isSameAs(ours);
	}

	private static Outcome outcome(Stage stage, Exception ex) {
		return ((StoreException) StoreErrors.translate("do it", stage, ex)).outcome();
	}

}
