package io.reprise.definition;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Set;

import io.reprise.ApplicationFailure;
import io.reprise.CanceledFailure;
import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

class FailurePolicyTests {

	@Test
	void shouldTakeProgrammingErrorsForBugs() {
		FailurePolicy policy = FailurePolicy.DEFAULT;
		assertThat(policy.isBug(new NullPointerException())).isTrue();
		assertThat(policy.isBug(new ClassCastException())).isTrue();
		assertThat(policy.isBug(new ArrayIndexOutOfBoundsException())).isTrue();
		assertThat(policy.isBug(new StringIndexOutOfBoundsException())).isTrue();
		assertThat(policy.isBug(new ArrayStoreException())).isTrue();
		assertThat(policy.isBug(new StackOverflowError())).isTrue();
		assertThat(policy.isBug(new NoSuchMethodError())).isTrue();
		assertThat(policy.isBug(new AssertionError())).isTrue();
	}

	@Test
	void shouldLetOtherExceptionsFailTheWorkflow() {
		FailurePolicy policy = FailurePolicy.DEFAULT;
		assertThat(policy.isBug(new IllegalStateException())).isFalse();
		assertThat(policy.isBug(new IllegalArgumentException())).isFalse();
		assertThat(policy.isBug(new IOException())).isFalse();
		assertThat(policy.isBug(new CanceledFailure("cancelled"))).isFalse();
		assertThat(policy.isBug(ApplicationFailure.nonRetryable("Declined", "no money"))).isFalse();
		assertThat(policy.isBug(new WorkflowException(ErrorCode.FAILED, "failed"))).isFalse();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "FAILED")
	void shouldTakeMisuseOfReprisesForBugs(ErrorCode code) {
		assertThat(FailurePolicy.DEFAULT.isBug(new WorkflowException(code, "misused"))).isTrue();
	}

	@Test
	void shouldFollowConfiguredNames() {
		FailurePolicy policy = new FailurePolicy(Set.of("NullPointerException", "java.lang.StackOverflowError"),
				Set.of("IllegalStateException", "java.io.IOException"));
		assertThat(policy.isBug(new NullPointerException())).isFalse();
		assertThat(policy.isBug(new StackOverflowError())).isFalse();
		assertThat(policy.isBug(new IllegalStateException())).isTrue();
		assertThat(policy.isBug(new FileNotFoundException())).isTrue();
		assertThat(policy.isBug(new IllegalArgumentException())).isFalse();
	}

	@Test
	void shouldLetTheNearestNamedClassDecide() {
		FailurePolicy policy = new FailurePolicy(Set.of("RuntimeException", "FileNotFoundException"),
				Set.of("IllegalStateException", "IOException"));
		assertThat(policy.isBug(new IllegalStateException())).isTrue();
		assertThat(policy.isBug(new ClassCastException())).isFalse();
		assertThat(policy.isBug(new FileNotFoundException())).isFalse();
		assertThat(policy.isBug(new IOException())).isTrue();
	}

	@Test
	void shouldStallRatherThanFailWhenBothAreNamed() {
		FailurePolicy policy = new FailurePolicy(Set.of("IOException"), Set.of("IOException"));
		assertThat(policy.isBug(new IOException())).isTrue();
	}

	@Test
	void shouldKnowNestedExceptionsByAnyOfTheirNames() {
		assertThat(new FailurePolicy(Set.of(), Set.of("Oops")).isBug(new Oops())).isTrue();
		assertThat(new FailurePolicy(Set.of(), Set.of(Oops.class.getName())).isBug(new Oops())).isTrue();
		assertThat(new FailurePolicy(Set.of(), Set.of(Oops.class.getCanonicalName())).isBug(new Oops())).isTrue();
	}

	private static final class Oops extends RuntimeException {

	}

}
