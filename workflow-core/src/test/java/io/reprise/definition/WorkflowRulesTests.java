package io.reprise.definition;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.reprise.Promise;
import io.reprise.Workflow;
import io.reprise.convert.JacksonPayloadConverter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * One fixture for each rule that a workflow class may break.
 */
class WorkflowRulesTests {

	@Test
	void shouldRefuseMissingRun() {
		assertRefused(NoRun.class, "Expected exactly one method with @Workflow.Run on %s, but there is none");
	}

	@Test
	void shouldRefuseSecondRun() {
		assertRefused(TwoRuns.class, "Expected exactly one method with @Workflow.Run on %s, but there are "
				+ "TwoRuns.again() and TwoRuns.run()");
	}

	@Test
	void shouldRefuseSecondAnnotation() {
		assertRefused(TwoKinds.class,
				"Expected one annotation on TwoKinds.run(), but it has @Workflow.Run and @Workflow.Query");
	}

	@Test
	void shouldRefuseHandlersThatAreNotPublicInstanceMethodsOpenToOverriding() {
		assertRefused(HiddenHandlers.class,
				"Expected @Workflow.Run method HiddenHandlers.run() to be public, but it is not",
				"Expected @Workflow.Query method HiddenHandlers.query() to be public, but it is not",
				"Expected @Workflow.Signal method HiddenHandlers.signal() to be public, but it is not");
		assertRefused(StaticHandler.class,
				"Expected @Workflow.Signal method StaticHandler.signal() to be an instance method, but it is static");
		assertRefused(FinalHandler.class,
				"Expected @Workflow.Query method FinalHandler.query() to be open to overriding, but it is final");
	}

	@Test
	void shouldRefuseOverloadedHandlers() {
		assertRefused(Overloaded.class,
				"Expected one @Workflow.Query named 'status' on %s, but there are Overloaded.status()",
				"Expected one @Workflow.Signal named 'stop' on %s, but there are Overloaded.halt() and Overloaded.stop()");
	}

	@Test
	void shouldAllowOtherOverloadsAndSameNamesOfDifferentKinds() {
		assertThat(registry(OrdinaryOverloads.class).require("OrdinaryOverloads").queries()).containsExactly("state");
		assertThat(registry(OrdinaryOverloads.class).require("OrdinaryOverloads").signals()).containsExactly("state");
	}

	@Test
	void shouldRefuseWrongResults() {
		assertRefused(WrongResults.class,
				"Expected @Workflow.Signal method WrongResults.signal() to return nothing, but it returns String",
				"Expected @Workflow.Query method WrongResults.query() to return a value, but it returns void",
				"Expected @Workflow.Query method WrongResults.later() to return its result, but it returns a Future",
				"Expected @Workflow.Run method WrongResults.run() to return its result, but it returns a CompletableFuture");
		assertRefused(PromisedResult.class, "to return its result, but it returns a Promise");
	}

	@Test
	void shouldRefuseClassesThatCannotBeRecorded() {
		assertRefused(FinalClass.class, "Expected workflow type %s to be open to subclasses, but it is final");
		assertRefused(SealedClass.class, "to be open to subclasses, but it is sealed");
		assertRefused(RecordClass.class, "to be open to subclasses, but it is a record",
				"Expected workflow %s to be a class that can be made for each run, but it is a record");
		assertRefused(EnumClass.class, "but it is an enum");
		assertRefused(SealedInterface.class, "Expected workflow type %s to be open to subclasses, but it is sealed");
		assertThat(assertRefused(SealedInterface.class).action()).isEqualTo("Remove sealed from SealedInterface");
	}

	@Test
	void shouldRefuseClassesThatCannotBeMade() {
		assertRefused(Inner.class, "but it is an inner class that is not static");
		@Workflow
		class Local {

			@Workflow.Run
			public void run() {
			}

		}
		assertRefused(Local.class, "but it is local to a method");
	}

	static DefinitionException assertRefused(Class<?> type, String... descriptions) {
		DefinitionException failure = catchThrowableOfType(DefinitionException.class, () -> registry(type));
		assertThat(failure).as("refusal of %s", type).isNotNull();
		for (String description : descriptions) {
			assertThat(failure.description()).contains(description.formatted(type.getName()));
		}
		assertThat(failure.action()).isNotBlank();
		return failure;
	}

	private static WorkflowRegistry registry(Class<?> type) {
		return WorkflowRegistry.of(List.of(type), new ActivityStubs(), JacksonPayloadConverter.withDefaults());
	}

	@Workflow
	static class NoRun {

		@Workflow.Query
		public String status() {
			return "";
		}

	}

	@Workflow
	static class TwoRuns {

		@Workflow.Run
		public void run() {
		}

		@Workflow.Run
		public void again() {
		}

	}

	@Workflow
	static class TwoKinds {

		@Workflow.Run
		@Workflow.Query
		public String run() {
			return "";
		}

	}

	@Workflow
	static class HiddenHandlers {

		@Workflow.Run
		void run() {
		}

		@Workflow.Query
		protected String query() {
			return "";
		}

		@Workflow.Signal
		private void signal() {
		}

	}

	@Workflow
	static class StaticHandler {

		@Workflow.Run
		public void run() {
		}

		@Workflow.Signal
		public static void signal() {
		}

	}

	@Workflow
	static class FinalHandler {

		@Workflow.Run
		public void run() {
		}

		@Workflow.Query
		public final String query() {
			return "";
		}

	}

	@Workflow
	static class Overloaded {

		@Workflow.Run
		public void run() {
		}

		@Workflow.Query
		public String status() {
			return "";
		}

		@Workflow.Query
		public String status(String part) {
			return part;
		}

		@Workflow.Signal
		public void stop() {
		}

		@Workflow.Signal("stop")
		public void halt() {
		}

	}

	@Workflow
	static class OrdinaryOverloads {

		@Workflow.Run
		public void run() {
			run("");
		}

		public void run(String helper) {
		}

		@Workflow.Query
		public String state() {
			return "";
		}

		@Workflow.Signal("state")
		public void change(String state) {
		}

	}

	@Workflow
	static class WrongResults {

		@Workflow.Run
		public CompletableFuture<String> run() {
			return new CompletableFuture<>();
		}

		@Workflow.Query
		public void query() {
		}

		@Workflow.Query
		public @Nullable Future<String> later() {
			return null;
		}

		@Workflow.Signal
		public String signal() {
			return "";
		}

	}

	@Workflow
	static class PromisedResult {

		@Workflow.Run
		public @Nullable Promise<String> run() {
			return null;
		}

	}

	@Workflow
	static final class FinalClass {

		@Workflow.Run
		public void run() {
		}

	}

	@Workflow
	static sealed class SealedClass permits SealedSubclass {

		@Workflow.Run
		public void run() {
		}

	}

	static final class SealedSubclass extends SealedClass {

	}

	@Workflow
	sealed interface SealedInterface permits SealedImplementation {

		@Workflow.Run
		void run();

	}

	static final class SealedImplementation implements SealedInterface {

		@Override
		public void run() {
		}

	}

	@Workflow
	record RecordClass() {

		@Workflow.Run
		public void run() {
		}

	}

	@Workflow
	enum EnumClass {

		ONE;

		@Workflow.Run
		public void run() {
		}

	}

	@Workflow
	class Inner {

		@Workflow.Run
		public void run() {
		}

	}

}
