package io.reprise.it.features;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.reprise.IdConflictPolicy;
import io.reprise.IdReusePolicy;
import io.reprise.StartOptions;
import io.reprise.WorkflowAlreadyStartedException;
import io.reprise.WorkflowRef;
import io.reprise.WorkflowStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A second start with an id that is taken.
 */
abstract class StartSuite extends FeatureSuite {

	StartSuite(Database database) {
		super(database);
	}

	@ParameterizedTest
	@MethodSource("combinations")
	void shouldStartOrRefuse(WorkflowStatus status, IdReusePolicy reuse, IdConflictPolicy conflict) {
		WorkflowRef first = startAndBring(status);
		StartOptions options = StartOptions.withId(first.workflowId()).onClosed(reuse).onRunning(conflict);

		switch (expected(status, reuse, conflict)) {
			case REFUSED -> {
				assertThatThrownBy(() -> client.start("Approval", options, "second")).isInstanceOfSatisfying(
						WorkflowAlreadyStartedException.class, (ex) -> assertThat(ex.runId()).isEqualTo(first.runId()));
				assertThat(first.describe().status()).isEqualTo(status);
			}
			case EXISTING -> assertThat(client.start("Approval", options, "second").runId()).isEqualTo(first.runId());
			case NEW -> {
				WorkflowRef second = client.start("Approval", options, "second");
				assertThat(second.runId()).isNotEqualTo(first.runId());
				assertThat(second.describe().status()).isEqualTo(WorkflowStatus.RUNNING);
				assertThat(client.handle(first.workflowId()).describe().runId()).isEqualTo(second.runId());
				assertThat(first.describe().status())
					.isEqualTo((status == WorkflowStatus.RUNNING) ? WorkflowStatus.TERMINATED : status);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("combinations")
	void shouldRecogniseARepeatedRequest(WorkflowStatus status, IdReusePolicy reuse, IdConflictPolicy conflict) {
		WorkflowRef first = startAndBring(status);
		StartOptions repeated = StartOptions.withId(first.workflowId())
			.requestId(requestId(first.workflowId()))
			.onClosed(reuse)
			.onRunning(conflict);

		assertThat(client.start("Approval", repeated, "second").runId()).isEqualTo(first.runId());

		assertThat(first.describe().status()).isEqualTo(status);
	}

	@Test
	void shouldStartOnceWhenManyStartAtTheSameTime() throws Exception {
		StartOptions options = withNewId("race");
		List<Callable<WorkflowRef>> starts = new ArrayList<>();
		for (int i = 0; i < 16; i++) {
			starts.add(() -> client.start("Approval", options.onRunning(IdConflictPolicy.USE_EXISTING), "race"));
		}

		try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
			List<String> runs = new ArrayList<>();
			for (Future<WorkflowRef> start : callers.invokeAll(starts)) {
				runs.add(start.get().runId());
			}
			assertThat(runs).hasSize(16).containsOnly(runs.getFirst());
		}
		assertThat(client.list("workflowId = '" + options.workflowId() + "'").workflows()).hasSize(1);
	}

	static Stream<Arguments> combinations() {
		return Stream
			.of(WorkflowStatus.RUNNING, WorkflowStatus.COMPLETED, WorkflowStatus.FAILED, WorkflowStatus.CANCELED,
					WorkflowStatus.TERMINATED)
			.flatMap((status) -> Stream.of(IdReusePolicy.values())
				.flatMap((reuse) -> Stream.of(IdConflictPolicy.values())
					.map((conflict) -> Arguments.of(status, reuse, conflict))));
	}

	private static Outcome expected(WorkflowStatus status, IdReusePolicy reuse, IdConflictPolicy conflict) {
		if (status == WorkflowStatus.RUNNING) {
			return switch (conflict) {
				case FAIL -> Outcome.REFUSED;
				case USE_EXISTING -> Outcome.EXISTING;
				case TERMINATE_EXISTING -> Outcome.NEW;
			};
		}
		return switch (reuse) {
			case ALLOW_DUPLICATE -> Outcome.NEW;
			case ALLOW_DUPLICATE_FAILED_ONLY -> (status == WorkflowStatus.COMPLETED) ? Outcome.REFUSED : Outcome.NEW;
			case REJECT_DUPLICATE -> Outcome.REFUSED;
		};
	}

	private WorkflowRef startAndBring(WorkflowStatus status) {
		String id = newId("duplicate");
		WorkflowRef first = client.start("Approval", StartOptions.withId(id).requestId(requestId(id)), "first");
		switch (status) {
			case COMPLETED -> first.signal("decide", "yes");
			case FAILED -> first.signal("decide", "no");
			case CANCELED -> first.cancel();
			case TERMINATED -> first.terminate("enough");
			case RUNNING, TIMED_OUT, CONTINUED_AS_NEW -> {
			}
		}
		eventually().until(() -> first.describe().status() == status);
		return first;
	}

	private static String requestId(String workflowId) {
		return "request of " + workflowId;
	}

	private enum Outcome {

		NEW, EXISTING, REFUSED

	}

}
