package io.reprise.it.refused.code;

import java.time.Instant;

import io.reprise.Workflow;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Would decide otherwise at replay. */
@SpringBootApplication
public class AsksTheClock {

	@Workflow
	static class Late {

		@Workflow.Run
		public boolean run(Instant until) {
			return Instant.now().isAfter(until);
		}

	}

}
