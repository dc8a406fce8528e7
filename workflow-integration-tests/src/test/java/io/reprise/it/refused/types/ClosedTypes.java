package io.reprise.it.refused.types;

import io.reprise.Workflow;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Workflows that clients can record no calls of. */
@SpringBootApplication
public class ClosedTypes {

	@Workflow
	static final class FinalType {

		@Workflow.Run
		public void run() {
			// Only that its class is final matters
		}

	}

	@Workflow
	record RecordType() {

		@Workflow.Run
		public void run() {
			// Only that it is a record matters
		}

	}

	@Workflow
	abstract static sealed class SealedType permits OnlyOne {

		@Workflow.Run
		public void run() {
			// Only that its class is sealed matters
		}

	}

	static final class OnlyOne extends SealedType {

	}

	@Workflow
	sealed interface SealedContract permits Contractor {

		@Workflow.Run
		void run();

	}

	static final class Contractor implements SealedContract {

		@Override
		public void run() {
			// Only that its interface is sealed matters
		}

	}

}
