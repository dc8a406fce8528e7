package io.reprise.definition;

import java.util.List;

import io.reprise.Activity;
import io.reprise.ActivityOptions;
import io.reprise.Workflow;
import io.reprise.convert.JacksonPayloadConverter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MissingActivitiesTests {

	private final WorkflowRegistry workflows = WorkflowRegistry.of(List.of(ProcessOrder.class), new ActivityStubs(),
			JacksonPayloadConverter.withDefaults());

	@Test
	void shouldAcceptWhatBeansProvide() {
		ActivityRegistry activities = ActivityRegistry
			.of(List.of(new ActivityBean("payments", Payments.class, Payments::new),
					new ActivityBean("mail", SmtpMail.class, SmtpMail::new)));
		assertThat(MissingActivities.find(workflows, activities)).isEmpty();
		MissingActivities.refuse(workflows, activities);
	}

	@Test
	void shouldFindWhatNobodyProvides() {
		assertThat(MissingActivities.find(workflows, ActivityRegistry.of(List.of())))
			.extracting(MissingActivity::activity)
			.containsExactly("Payments.charge", "Payments.refund", "Mail.send");
	}

	@Test
	void shouldRefuseWhatNobodyProvides() {
		assertThatExceptionOfType(DefinitionException.class)
			.isThrownBy(() -> MissingActivities.refuse(workflows, ActivityRegistry.of(List.of())))
			.satisfies(ex -> assertThat(ex.problems()).hasSize(2))
			.satisfies(ex -> assertThat(ex.description())
				.contains("Expected a bean for the activities of " + Payments.class.getName()
						+ ", which workflow 'ProcessOrder' takes (parameter 'payments' of the constructor of "
						+ ProcessOrder.class.getName() + "), but no bean provides Payments.charge, Payments.refund")
				.contains("(field 'mail' of " + ProcessOrder.class.getName() + "), but no bean provides Mail.send"))
			.satisfies(ex -> assertThat(ex.action())
				.contains("Let Payments be a bean: annotate it with @Activity and put it in a package that is scanned")
				.contains("Declare a bean whose class implements Mail"));
	}

	@Activity
	static class Payments {

		public void charge() {
		}

		public void refund() {
		}

	}

	@Activity
	interface Mail {

		void send();

	}

	static class SmtpMail implements Mail {

		@Override
		public void send() {
		}

	}

	@Workflow
	static class ProcessOrder {

		@ActivityOptions
		private @Nullable Mail mail;

		ProcessOrder(Payments payments) {
		}

		@Workflow.Run
		public boolean run() {
			return mail != null;
		}

	}

}
