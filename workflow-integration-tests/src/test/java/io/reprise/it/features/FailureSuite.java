package io.reprise.it.features;

import io.reprise.ActivityFailure;
import io.reprise.ApplicationFailure;
import io.reprise.WorkflowFailedException;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowStatus;
import io.reprise.it.features.shop.Partner.CardDeclined;
import io.reprise.it.features.shop.Partner.Fault;
import io.reprise.it.features.shop.Partner.Script;
import io.reprise.it.features.shop.PartnerWorkflows.FallBack;
import io.reprise.it.features.shop.PartnerWorkflows.Refuse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a failure that survives its retries.
 */
abstract class FailureSuite extends FeatureSuite {

	private static final int ALWAYS = Integer.MAX_VALUE;

	FailureSuite(Database database) {
		super(database);
	}

	@Test
	void shouldCatchAFailureOfAnActivity() {
		Script script = new Script(newId("declined"), ALWAYS, Fault.DECLINED);

		String result = fallBack(script).result(PATIENCE);

		assertThat(result).isEqualTo("sent 'sorry', Partner.call after 2 attempts");
		assertThat(probe.notes("mail to " + script.key())).containsExactly("sorry");
	}

	@Test
	void shouldFailWithTheWholeChainOfCauses() {
		WorkflowHandle<FallBack, String> handle = fallBack(new Script(newId("down"), ALWAYS, Fault.NO_ANSWER));

		WorkflowFailedException failed = failureOf(handle, WorkflowStatus.FAILED);

		assertThat(failed).hasMessageContaining(handle.workflowId()).hasMessageContaining("no answer");
		assertThat(failed.runId()).isEqualTo(handle.runId());
		assertThat(failed.getCause()).isInstanceOfSatisfying(ActivityFailure.class, (activity) -> {
			assertThat(activity.activityType()).isEqualTo("Partner.call");
			assertThat(activity.attempts()).isEqualTo(2);
			assertThat(activity.getCause()).isInstanceOfSatisfying(ApplicationFailure.class, (cause) -> {
				assertThat(cause.type()).isEqualTo("java.lang.IllegalStateException");
				assertThat(cause).hasMessage("no answer");
			});
		});
		assertThat(failed).hasRootCauseMessage("connection reset");
		assertThat(failed.getCause().getCause().getCause()).isInstanceOfSatisfying(ApplicationFailure.class,
				(root) -> assertThat(root.type()).isEqualTo("java.io.IOException"));
		assertThat(handle.describe().status()).isEqualTo(WorkflowStatus.FAILED);
		assertThat(handle.describe().stall()).isNull();
	}

	@Test
	void shouldShowAFailureAgainAfterEviction() {
		WorkflowHandle<FallBack, String> handle = fallBack(new Script(newId("down"), ALWAYS, Fault.NO_ANSWER));
		failureOf(handle, WorkflowStatus.FAILED);

		evictAll();

		assertThat(failureOf(handle, WorkflowStatus.FAILED)).hasRootCauseMessage("connection reset");
		assertThat(failureOf(client.handle(handle.workflowId()), WorkflowStatus.FAILED))
			.hasRootCauseMessage("connection reset");
		assertThat(event(handle, "WorkflowFailed").attributes()).containsKey("failure");
	}

	@Test
	void shouldFailWithAnExceptionOfTheWorkflow() {
		WorkflowHandle<Refuse, Void> handle = client.startVoid(Refuse.class, (w) -> w.run("out of stock"),
				withNewId("refuse"));

		WorkflowFailedException failed = failureOf(handle, WorkflowStatus.FAILED);

		assertThat(failed.getCause()).isInstanceOfSatisfying(ApplicationFailure.class, (failure) -> {
			assertThat(failure.isCausedBy(IllegalStateException.class)).isTrue();
			assertThat(failure.isCausedBy("IllegalArgumentException")).isTrue();
			assertThat(failure.isCausedBy(CardDeclined.class)).isFalse();
			assertThat(failure).hasMessage("out of stock").hasRootCauseMessage("the reason");
		});
	}

	private WorkflowHandle<FallBack, String> fallBack(Script script) {
		return client.start(FallBack.class, (w) -> w.run(script), withNewId("fall-back"));
	}

}
