package io.reprise.it.refused.constructor;

import javax.sql.DataSource;

import io.reprise.Workflow;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A workflow that wants a bean for itself. */
@SpringBootApplication
public class AsksForABean {

	@Workflow
	static class Direct {

		@Value("${spring.application.name}")
		private @Nullable String name;

		Direct(DataSource database) {
			database.toString();
		}

		@Workflow.Run
		public void run() {
			// Only what it asks for matters
		}

	}

}
