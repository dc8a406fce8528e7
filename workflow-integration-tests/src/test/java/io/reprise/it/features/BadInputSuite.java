package io.reprise.it.features;

import java.util.List;

import io.reprise.ActivityFailure;
import io.reprise.ErrorCode;
import io.reprise.HistoryEntry;
import io.reprise.StartOptions;
import io.reprise.WorkflowDescription.Stall;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowNotFoundException;
import io.reprise.WorkflowRef;
import io.reprise.WorkflowStatus;
import io.reprise.Workflows;
import io.reprise.boot.WorkflowRuntime;
import io.reprise.it.features.shop.BadInput.Endless;
import io.reprise.it.features.shop.BadInput.Odd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What nobody can use is refused, skipped or stalls, each as it is documented.
 */
abstract class BadInputSuite extends FeatureSuite {

	BadInputSuite(Database database) {
		super(database);
	}

	@Test
	void shouldWriteNothingWhenTheArgumentsOfAStartCannotBeWritten() {
		String id = newId("endless");

		assertCode(ErrorCode.ENCODING_FAILED, () -> client.start("Odd", StartOptions.withId(id), new Endless(), "x"));

		assertThatThrownBy(() -> client.handle(id).describe()).isInstanceOf(WorkflowNotFoundException.class);
	}

	@Test
	void shouldWriteNothingWhenTheArgumentsOfASignalCannotBeWritten() {
		WorkflowRef odd = odd("wait", "");

		assertCode(ErrorCode.ENCODING_FAILED, () -> odd.signal("add", new Endless()));

		assertThat(odd.history()).noneMatch((event) -> event.type().equals("WorkflowSignaled"));
		odd.terminate("seen");
	}

	@ParameterizedTest
	@CsvSource({ "endless-argument, refused: EncodingFailed", "endless-result, failed after 1: EncodingFailed",
			"wrong-argument, failed after 1: DecodingFailed", "error, failed after 1: java.lang.NoClassDefFoundError",
			"sleep, NOT_IN_WORKFLOW" })
	void shouldTellTheWorkflow(String what, String outcome) {
		WorkflowRef odd = odd(what, newId(what));

		assertThat(odd.result(String.class, PATIENCE)).isEqualTo(outcome);
	}

	@Test
	void shouldRunAnActivityOnceWhoseResultCannotBeWritten() {
		String key = newId("endless");

		odd("endless-result", key).result(String.class, PATIENCE);

		assertThat(probe.notes(key)).containsExactly("ran");
	}

	@Test
	void shouldStallOnAResultThatCannotBeRead() {
		WorkflowRef odd = odd("wrong-result", "");

		Stall stall = stallOf(odd);

		assertThat(stall.code()).isEqualTo(ErrorCode.DECODING_FAILED);
		assertThat(stall.message()).contains("Integer");
		odd.terminate("seen");
	}

	@Test
	void shouldStallOnArgumentsThatCannotBeRead() {
		WorkflowRef odd = client.start("Odd", withNewId("odd"), List.of(1), List.of(2));

		assertThat(stallOf(odd).code()).isEqualTo(ErrorCode.DECODING_FAILED);
		odd.terminate("seen");
	}

	@Test
	void shouldPassOverASignalThatCannotBeReadAndCountIt() {
		long skipped = skippedInputs();
		WorkflowRef odd = odd("wait", "");

		odd.signal("add", "seven");
		odd.signal("add", 8);
		odd.signal("add", 0);

		assertThat(odd.result(String.class, PATIENCE)).isEqualTo("[8, 0]");
		assertThat(odd.history()).extracting(HistoryEntry::type).containsOnlyOnce("InputSkipped");
		assertThat(odd.describe().stall()).isNull();
		assertThat(skippedInputs()).isEqualTo(skipped + 1);
	}

	private long skippedInputs() {
		return shop.getBean(WorkflowRuntime.class).engine().health().skippedInputs();
	}

	@Test
	void shouldRefuseAQueryWithOtherArguments() {
		WorkflowRef odd = odd("wait", "");
		odd.signal("add", 8);

		assertCode(ErrorCode.DECODING_FAILED, () -> odd.query("at", Integer.class, "first"));
		assertCode(ErrorCode.DECODING_FAILED, () -> odd.query("at", Endless[].class, 0));
		assertCode(ErrorCode.QUERY_FAILED, () -> odd.query("at", Integer.class, 5));

		assertThat(odd.query("at", Integer.class, 0)).isEqualTo(8);
		odd.terminate("seen");
	}

	@Test
	void shouldFailACallOfAnActivityThatNobodyHas() {
		WorkflowRef odd = odd("nobody", "");

		assertThat(failureOf(odd, WorkflowStatus.FAILED).getCause()).isInstanceOfSatisfying(ActivityFailure.class,
				(failure) -> assertThat(failure).hasStackTraceContaining(ErrorCode.UNKNOWN_ACTIVITY_TYPE.name())
					.hasStackTraceContaining("Nobody.there"));
	}

	@Test
	void shouldDropWhatAnActivityReturnsAfterItsTimeout() {
		String key = newId("late");
		WorkflowRef odd = odd("late", key);
		assertThat(odd.result(String.class, PATIENCE)).isEqualTo("attempt 2");
		List<HistoryEntry> history = odd.history();

		probe.open(key);

		eventually().until(() -> probe.notes(key).contains("returned late"));
		WorkflowHandle<Odd, Object> handle = client.handle(Odd.class, odd.workflowId());
		assertThat(handle.result(PATIENCE)).isEqualTo("attempt 2");
		assertThat(handle.history()).isEqualTo(history);
	}

	@Test
	void shouldRefuseCallsOutsideAWorkflow() {
		assertCode(ErrorCode.NOT_IN_WORKFLOW, Workflows::now);
		assertCode(ErrorCode.NOT_IN_WORKFLOW, () -> Workflows.activity("Odd.name", String.class, "x"));
		assertCode(ErrorCode.NOT_IN_WORKFLOW, () -> Workflows.async(() -> "x"));
	}

	private WorkflowRef odd(String what, String key) {
		return client.start(Odd.class, (w) -> w.run(what, key), withNewId("odd"));
	}

	private static Stall stallOf(WorkflowRef workflow) {
		eventually().until(() -> workflow.describe().stall() != null);
		return workflow.describe().stall();
	}

}
