package io.reprise.boot;

import io.reprise.ErrorCode;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains what keeps the engine from starting.
 */
final class SetupFailureAnalyzer extends AbstractFailureAnalyzer<SetupException> {

	private static final String NOT_DURABLE = """
			Keep workflows in a file:

			    spring.datasource.url=jdbc:h2:file:./data/app;DB_CLOSE_ON_EXIT=FALSE

			or in PostgreSQL. To accept that all workflows are lost when the process ends, as in a test:

			    workflow.embedded.allow-in-memory=true""";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SetupException cause) {
		String action = (cause.code() == ErrorCode.STORE_NOT_DURABLE) ? NOT_DURABLE : cause.action();
		return new FailureAnalysis(cause.description(), action, cause);
	}

}
