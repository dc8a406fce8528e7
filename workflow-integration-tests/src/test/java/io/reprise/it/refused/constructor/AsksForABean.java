package io.reprise.it.refused.constructor;

import javax.sql.DataSource;

import io.reprise.Workflow;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A workflow that wants a bean for itself. */
@SpringBootApplication
public class AsksForABean {

	@Workflow
	static class Direct {

		Direct(DataSource database) {
			database.toString();
		}

		@Workflow.Run
		public void run() {
			// Only its constructor matters
		}

	}

}
