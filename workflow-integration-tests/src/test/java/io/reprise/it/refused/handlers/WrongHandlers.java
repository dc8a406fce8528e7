package io.reprise.it.refused.handlers;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

import io.reprise.Workflow;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Handlers that nobody could call, or that could be mistaken for others. */
@SpringBootApplication
public class WrongHandlers {

	@Workflow
	static class Ambiguous {

		@Workflow.Run
		public void run() {
			// Only its signals matter
		}

		@Workflow.Signal
		public void add(String text) {
			// Only its name matters
		}

		@Workflow.Signal
		public void add(int number) {
			// Only its name matters
		}

		@Workflow.Signal
		public final void closed() {
			// Only that it is final matters
		}

	}

	@Workflow
	static class Hidden {

		@Workflow.Run
		void run() {
			// Only that it is not public matters
		}

	}

	@Workflow
	static class Later {

		@Workflow.Run
		public CompletableFuture<String> run() {
			return new CompletableFuture<>();
		}

		@Workflow.Query
		public Flow.Publisher<String> news() {
			return new SubmissionPublisher<>();
		}

	}

}
