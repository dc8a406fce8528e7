package io.reprise.definition;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import io.reprise.Activity;
import io.reprise.ActivityOptions;
import io.reprise.ErrorCode;
import io.reprise.Placement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which activities are refused, and why.
 */
class ActivityRulesTests {

	@Test
	void shouldRefuseTwoBeansForOneActivity() {
		DefinitionException failure = ActivityRegistryTests.refusal(
				ActivityRegistryTests.bean("one", ActivityRegistryTests.SmtpMail.class,
						new ActivityRegistryTests.SmtpMail()),
				ActivityRegistryTests.bean("two", ActivityRegistryTests.BothAnnotated.class,
						new ActivityRegistryTests.BothAnnotated()));
		assertThat(failure.code()).isEqualTo(ErrorCode.DUPLICATE_DEFINITION);
		assertThat(failure.description()).contains("Expected one bean for activity Mail.send, but there are 'one' ("
				+ ActivityRegistryTests.SmtpMail.class.getName() + ") and 'two' ("
				+ ActivityRegistryTests.BothAnnotated.class.getName() + ")");
	}

	@Test
	void shouldRefuseBeanThatIsNoActivity() {
		assertThat(ActivityRegistryTests.refusal(ActivityRegistryTests.bean("text", String.class, "")).description())
			.isEqualTo(
					"Expected bean 'text' to be an activity, but neither java.lang.String nor a type it extends or implements has @Activity");
	}

	@Test
	void shouldRefuseOverloads() {
		DefinitionException failure = ActivityRegistryTests
			.refusal(ActivityRegistryTests.bean("overloaded", Overloaded.class, new Overloaded()));
		assertThat(failure.description())
			.startsWith("Expected one method for activity Overloaded.act, but it is overloaded: ")
			.contains("Overloaded.act(String)")
			.contains("Overloaded.act(int)");
		assertThat(failure.action()).isEqualTo("Give the methods different names: a history knows activities by name");
	}

	@ParameterizedTest
	@ValueSource(classes = { FinalClass.class, SealedClass.class, RecordClass.class, EnumClass.class })
	void shouldRefuseClassesThatCannotBeStubbed(Class<?> type) {
		assertThat(ActivityRegistryTests.refusal(ActivityRegistryTests.bean("bean", type, "")).description())
			.contains("to be open to subclasses, but it is");
	}

	@Test
	void shouldRefuseSealedInterface() {
		DefinitionException failure = ActivityRegistryTests
			.refusal(ActivityRegistryTests.bean("bean", SealedImplementation.class, ""));
		assertThat(failure.description()).contains("SealedInterface to be open to subclasses, but it is sealed");
		assertThat(failure.action()).isEqualTo("Remove sealed from SealedInterface");
	}

	@Test
	void shouldRefuseFinalMethods() {
		assertThat(
				ActivityRegistryTests.refusal(ActivityRegistryTests.bean("bean", FinalMethod.class, "")).description())
			.isEqualTo("Expected activity FinalMethod.act() to be open to overriding, but it is final");
	}

	@Test
	void shouldRefuseMethodsWithOptionsThatNobodyCanCall() {
		DefinitionException failure = ActivityRegistryTests
			.refusal(ActivityRegistryTests.bean("bean", HiddenMethods.class, ""));
		assertThat(failure.problems()).hasSize(3);
		assertThat(failure.description())
			.contains("Expected activity HiddenMethods.hidden() to be public, but it is not")
			.contains("Expected activity HiddenMethods.inner() to be public, but it is not")
			.contains("Expected activity HiddenMethods.shared() to be an instance method, but it is static");
		assertThat(failure.action()).contains("Make HiddenMethods.hidden() public", "Remove static from");
	}

	@Test
	void shouldRefuseBeansWithoutActivities() {
		assertThat(ActivityRegistryTests.refusal(ActivityRegistryTests.bean("bean", NothingPublic.class, ""))
			.description()).isEqualTo(
					"Expected %s to have activities, but no type with @Activity that it is, extends or implements has a public method"
						.formatted(NothingPublic.class.getName()));
		assertThat(
				ActivityRegistryTests.refusal(ActivityRegistryTests.bean("bean", MarkedOnly.class, "")).description())
			.startsWith("Expected %s to have activities".formatted(MarkedOnly.class.getName()));
	}

	@Test
	void shouldRefuseResultsThatArriveLater() {
		DefinitionException failure = ActivityRegistryTests
			.refusal(ActivityRegistryTests.bean("bean", Deferred.class, ""));
		assertThat(failure.problems()).hasSize(3);
		assertThat(failure.description())
			.contains("Expected activity Deferred.future() to return its result, but it returns a CompletableFuture")
			.contains("Deferred.publisher() to return its result, but it returns a Publisher")
			.contains("Deferred.stream() to return its result, but it returns a Stream");
	}

	@Test
	void shouldCollectAllProblems() {
		DefinitionException failure = ActivityRegistryTests.refusal(
				ActivityRegistryTests.bean("a", BadOptions.class, ""),
				ActivityRegistryTests.bean("b", Overloaded.class, ""),
				ActivityRegistryTests.bean("c", FinalClass.class, ""));
		assertThat(failure.problems()).hasSize(7);
		assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_DEFINITION);
		assertThat(failure.description())
			.contains(
					"startToCloseTimeout of @ActivityOptions on activity BadOptions.act() to be a duration, but 'soon'")
			.contains("maximumAttempts of @ActivityOptions on activity BadOptions.act() to be 0 or more, but it is -2")
			.contains(
					"backoffCoefficient of @ActivityOptions on activity BadOptions.act() to be at least 1, but it is 0.5")
			.contains("heartbeatTimeout of @ActivityOptions on BadOptions to be a duration, but '10' names no unit")
			.contains("at most one placement of @ActivityOptions on activity BadOptions.act(), but there are 2")
			.contains("Overloaded.act")
			.contains("FinalClass");
	}

	@Activity
	static class Overloaded {

		public void act(String value) {
		}

		public void act(int value) {
		}

	}

	@Activity
	static final class FinalClass {

		public void act() {
		}

	}

	@Activity
	static sealed class SealedClass permits SealedSubclass {

		public void act() {
		}

	}

	static final class SealedSubclass extends SealedClass {

	}

	@Activity
	record RecordClass() {

		public void act() {
		}

	}

	@Activity
	enum EnumClass {

		ONE;

		public void act() {
		}

	}

	@Activity
	sealed interface SealedInterface permits SealedImplementation {

		void act();

	}

	static final class SealedImplementation implements SealedInterface {

		@Override
		public void act() {
		}

	}

	@Activity
	static class FinalMethod {

		public final void act() {
		}

	}

	@Activity
	static class HiddenMethods {

		public void open() {
		}

		@ActivityOptions(maximumAttempts = 1)
		void hidden() {
		}

		@ActivityOptions(maximumAttempts = 1)
		private void inner() {
		}

		@ActivityOptions(maximumAttempts = 1)
		public static void shared() {
		}

		void helper() {
		}

	}

	@Activity
	static class NothingPublic {

		void act() {
		}

	}

	@Activity
	interface Marker {

	}

	static class MarkedOnly implements Marker {

		public void act() {
		}

	}

	@Activity
	static class Deferred {

		public CompletableFuture<String> future() {
			return new CompletableFuture<>();
		}

		public Flow.@Nullable Publisher<String> publisher() {
			return null;
		}

		public Stream<String> stream() {
			return Stream.empty();
		}

	}

	@Activity
	@ActivityOptions(heartbeatTimeout = "10")
	static class BadOptions {

		@ActivityOptions(startToCloseTimeout = "soon", maximumAttempts = -2, backoffCoefficient = 0.5,
				placement = { Placement.LOCAL, Placement.QUEUED })
		public void act() {
		}

	}

}
