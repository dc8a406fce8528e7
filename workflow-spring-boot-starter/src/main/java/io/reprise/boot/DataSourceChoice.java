package io.reprise.boot;

import java.util.Collection;

import javax.sql.DataSource;

import io.reprise.ErrorCode;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Chooses the {@code DataSource} that keeps workflows.
 */
final class DataSourceChoice {

	private DataSourceChoice() {
	}

	/**
	 * Chooses.
	 * @param qualified those with {@link WorkflowDataSource}
	 * @param all those that can be injected without a qualifier
	 * @return the qualified one, else the only or the primary one
	 * @throws SetupException if there is none, or several and none of them is preferred
	 */
	static DataSource choose(ObjectProvider<DataSource> qualified, ObjectProvider<DataSource> all) {
		DataSource chosen = only(qualified, "with @WorkflowDataSource",
				"Leave @WorkflowDataSource on one DataSource bean");
		if (chosen == null) {
			chosen = only(all, "or a primary one",
					"Mark the one that is to keep workflows with @WorkflowDataSource, or the application's main one with @Primary");
		}
		if (chosen == null) {
			throw new SetupException("Expected a DataSource that keeps workflows, but there is none", """
					Add a driver (com.h2database:h2 or org.postgresql:postgresql) and say where the database is:

					    spring.datasource.url=jdbc:h2:file:./data/app;DB_CLOSE_ON_EXIT=FALSE

					To run the application without workflows, set workflow.enabled=false.""");
		}
		return chosen;
	}

	private static @Nullable DataSource only(ObjectProvider<DataSource> provider, String which, String action) {
		try {
			return provider.getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			Collection<String> names = ex.getBeanNamesFound();
			throw new SetupException(ErrorCode.INVALID_ARGUMENT,
					"Expected one DataSource %s, but there are %d".formatted(which, ex.getNumberOfBeansFound())
							+ ((names != null) ? ": " + String.join(", ", names) : ""),
					action, ex);
		}
	}

}
