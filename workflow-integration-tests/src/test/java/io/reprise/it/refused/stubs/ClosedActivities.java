package io.reprise.it.refused.stubs;

import java.util.concurrent.CompletableFuture;

import io.reprise.Activity;
import io.reprise.ActivityOptions;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Activities that no stub can stand for. */
@SpringBootApplication
public class ClosedActivities {

	@Activity
	static final class FinalType {

		public void call() {
			// Only that its class is final matters
		}

	}

	@Activity
	static sealed class SealedType permits OnlyOne {

		public void call() {
			// Only that its class is sealed matters
		}

	}

	static final class OnlyOne extends SealedType {

	}

	@Activity
	record RecordType() {

		public void call() {
			// Only that it is a record matters
		}

	}

	@Activity
	static class Methods {

		public final void closed() {
			// Only that it is final matters
		}

		public void twice(String text) {
			// Only its name matters
		}

		public void twice(int number) {
			// Only its name matters
		}

		public CompletableFuture<String> later() {
			return new CompletableFuture<>();
		}

		@ActivityOptions(maximumAttempts = 1)
		void hidden() {
			// Only that it is not public matters
		}

		@ActivityOptions(startToCloseTimeout = "soon")
		public void hurried() {
			// Only its options matter
		}

	}

	@Activity
	static class NothingPublic {

		void call() {
			// Only that it is not public matters
		}

	}

}
