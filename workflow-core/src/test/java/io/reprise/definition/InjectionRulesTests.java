package io.reprise.definition;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Clock;
import java.util.Random;

import io.reprise.Activity;
import io.reprise.ActivityOptions;
import io.reprise.Workflow;
import io.reprise.WorkflowClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What may be injected into a workflow.
 */
class InjectionRulesTests {

	@Test
	void shouldRefuseSeveralConstructors() {
		WorkflowRulesTests.assertRefused(TwoConstructors.class,
				"Expected workflow %s to have one constructor, but it has 2");
	}

	@Test
	void shouldRefuseParametersThatAreNoActivities() {
		DefinitionException failure = WorkflowRulesTests.assertRefused(Hungry.class,
				"Expected parameter 'table' of the constructor of %s to be an activity, but java.lang.String has no @Activity",
				"parameter 'clock' of", "parameter 'random' of", "parameter 'logger' of", "parameter 'client' of");
		assertThat(failure.problems()).hasSize(5);
		assertThat(failure.action()).contains("Annotate String with @Activity if its methods are activities",
				"Remove the Clock and ask Workflows.now() for the time",
				"Remove the Random and take random numbers from Workflows.random()",
				"Remove the Logger and keep the one of Workflows.logger(...)",
				"Remove the WorkflowClient and use it in an activity");
	}

	@Test
	void shouldRefuseActivitiesThatCannotBeStubbed() {
		WorkflowRulesTests.assertRefused(WithFinalActivity.class, "Expected activity type",
				"to be open to subclasses, but it is final");
	}

	@Test
	void shouldRefuseActivitiesWithoutMethods() {
		WorkflowRulesTests.assertRefused(WithNothingToCall.class,
				"Expected " + Marker.class.getName() + " to have activities, but no type with @Activity");
	}

	@Test
	void shouldRefuseOptionsThatCannotBeRead() {
		DefinitionException failure = WorkflowRulesTests.assertRefused(BadOptions.class,
				"Expected startToCloseTimeout of @ActivityOptions on parameter 'mail' of the constructor of %s to be a duration, but 'soon' is not a duration",
				"Expected heartbeatTimeout of @ActivityOptions on field 'other' of %s to be a duration, but '0s' is not more than zero");
		assertThat(failure.action()).contains("\"500ms\", \"10s\", \"5m\", \"2h\", \"1d\" or \"PT1H\"");
	}

	@Test
	void shouldRefuseFieldsThatCannotBeSet() {
		WorkflowRulesTests.assertRefused(BadFields.class,
				"Expected field 'fixed' of %s to be set for each run, since it has @ActivityOptions, but it is final",
				"Expected field 'shared' of %s to be set for each run, since it has @ActivityOptions, but it is static",
				"Expected field 'text' of %s to be an activity, but java.lang.String has no @Activity");
	}

	@Test
	void shouldRefuseInjectionsThatNeverCome() {
		DefinitionException failure = WorkflowRulesTests.assertRefused(Waiting.class,
				"Expected field 'mail' of %s to be left alone, but it has @Autowired, and a workflow is no bean",
				"Expected field 'twice' of %s to be left alone, but it has @Autowired",
				"Expected field 'url' of %s to be left alone, but it has @Value",
				"Expected field 'clock' of %s to be left alone, but it has @Wanted",
				"Expected method setLogger of %s to be left alone, but it has @Autowired");
		assertThat(failure.problems()).hasSize(5);
		assertThat(failure.action()).contains(
				"Take Mail in the constructor, or put @ActivityOptions on field 'mail' instead",
				"Remove it: @ActivityOptions alone has field 'twice' set",
				"or pass its value as an argument of the run method",
				"Remove the Clock and ask Workflows.now() for the time",
				"Take what it sets as a parameter of the constructor");
	}

	@Activity
	interface Mail {

		void send(String to);

	}

	@Activity
	static final class FinalActivity {

		public void act() {
		}

	}

	@Workflow
	static class TwoConstructors {

		TwoConstructors() {
		}

		TwoConstructors(Mail mail) {
			mail.send("");
		}

		@Workflow.Run
		public void run() {
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@Autowired
	@interface Wanted {

	}

	@Workflow
	static class Waiting {

		@Autowired
		@Nullable Mail mail;

		@Autowired
		@ActivityOptions(startToCloseTimeout = "1m")
		@Nullable Mail twice;

		@Value("${url}")
		@Nullable String url;

		@Wanted
		@Nullable Clock clock;

		@Autowired
		void setLogger(Logger logger) {
		}

		@Workflow.Run
		public void run() {
		}

	}

	@Workflow
	static class Hungry {

		Hungry(String table, Clock clock, Random random, Logger logger, WorkflowClient client, Mail mail) {
		}

		@Workflow.Run
		public void run() {
		}

	}

	@Workflow
	static class WithFinalActivity {

		WithFinalActivity(FinalActivity activity) {
		}

		@Workflow.Run
		public void run() {
		}

	}

	@Activity
	interface Marker {

	}

	@Workflow
	static class WithNothingToCall {

		WithNothingToCall(Marker marker) {
		}

		@Workflow.Run
		public void run() {
		}

	}

	@Workflow
	static class BadOptions {

		@ActivityOptions(heartbeatTimeout = "0s")
		private @Nullable Mail other;

		BadOptions(@ActivityOptions(startToCloseTimeout = "soon") Mail mail) {
			other = mail;
		}

		@Workflow.Run
		public @Nullable String run() {
			return (other != null) ? "" : null;
		}

	}

	@Workflow
	static class BadFields {

		@ActivityOptions
		private static @Nullable Mail shared;

		@ActivityOptions
		private final @Nullable Mail fixed = null;

		@ActivityOptions
		private @Nullable String text;

		@Workflow.Run
		public boolean run() {
			return shared == null && fixed == null && text == null;
		}

	}

}
