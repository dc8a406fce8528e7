package io.reprise.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.reprise.ActivitySettings;
import io.reprise.WorkflowInfo;
import io.reprise.convert.FailureConverter;
import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.definition.ActivityOptionsResolver;
import io.reprise.definition.ActivityRegistry;
import io.reprise.definition.ActivityStubs;
import io.reprise.definition.WorkflowDefinition;
import io.reprise.definition.WorkflowRegistry;
import io.reprise.replay.MachineServices;
import io.reprise.replay.Mismatch;
import io.reprise.replay.ReplayLimits;
import io.reprise.replay.TurnResult;
import io.reprise.replay.WorkflowMachine;
import io.reprise.spi.PayloadConverter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * Tells whether workflow code can go on with runs that other code began: replays their
 * histories, as a deployment will. Nothing is executed but workflow code; activities,
 * timers and side effects have the outcomes that were recorded.
 *
 * <pre class="code">
 * &#064;Test
 * void shouldGoOnWithRecordedRuns() {
 *     WorkflowReplayer.of(ProcessOrder.class).replayFolder(Path.of("src/test/histories"));
 * }
 * </pre>
 *
 * May be shared by threads.
 *
 * @see Histories
 */
public final class WorkflowReplayer {

	private static final int MOST_SHOWN = 20;

	private final List<Class<?>> workflows;

	private final WorkflowRegistry registry;

	private final MachineServices services;

	private WorkflowReplayer(List<Class<?>> workflows, PayloadConverter converter) {
		this.workflows = workflows;
		registry = WorkflowRegistry.of(workflows, new ActivityStubs(), converter);
		services = new MachineServices(converter, new FailureConverter(converter),
				new ActivityOptionsResolver(ActivityRegistry.of(List.of()), Map.of(), ActivitySettings.none()),
				ReplayLimits.DEFAULT);
	}

	/**
	 * A replayer for workflow types.
	 * @param workflows annotated classes, or implementations of annotated interfaces
	 * @return the replayer
	 * @throws io.reprise.definition.DefinitionException if a workflow breaks a rule
	 */
	public static WorkflowReplayer of(Class<?>... workflows) {
		return new WorkflowReplayer(List.of(workflows), JacksonPayloadConverter.withDefaults());
	}

	/**
	 * This replayer with the converter of the application, if that has its own.
	 * @param converter reads and writes payloads
	 * @return another replayer
	 */
	public WorkflowReplayer converter(PayloadConverter converter) {
		return new WorkflowReplayer(workflows, converter);
	}

	/**
	 * Replays a history.
	 * @param history the history
	 * @throws AssertionError if the code does something else, with recorded and actual
	 * commands and the line of code where they part
	 */
	public void replay(RecordedHistory history) {
		String problem = problem(history);
		if (problem != null) {
			throw new AssertionError(problem);
		}
	}

	/**
	 * Replays histories, all of them also if some fail.
	 * @param histories the histories, at least one; the stream is closed
	 * @return how many there were
	 * @throws AssertionError if the code cannot go on with some, or there are none
	 */
	public int replayAll(Stream<RecordedHistory> histories) {
		int count = replayOpen(histories);
		if (count == 0) {
			throw new AssertionError("Expected histories to replay, but there are none");
		}
		return count;
	}

	/**
	 * Replays histories that may be none, such as the open runs of a store.
	 * @param histories the histories; the stream is closed
	 * @return how many there were
	 * @throws AssertionError if the code cannot go on with some
	 */
	public int replayOpen(Stream<RecordedHistory> histories) {
		List<String> problems = new ArrayList<>();
		int count = 0;
		int failed = 0;
		try (histories) {
			for (Iterator<RecordedHistory> all = histories.iterator(); all.hasNext(); count++) {
				String problem = problem(all.next());
				failed += (problem != null) ? 1 : 0;
				if (problem != null && problems.size() < MOST_SHOWN) {
					problems.add(problem);
				}
			}
		}
		if (failed > 0) {
			throw new AssertionError("Expected %d histories to replay, but %d of them do not%s:%n%s".formatted(count,
					failed, (failed > MOST_SHOWN) ? ", of which the first are" : "", String.join("\n", problems)));
		}
		return count;
	}

	/**
	 * Replays all histories of a folder and of those below.
	 * @param folder where files are that end in {@code .json}
	 * @return how many there were
	 * @throws AssertionError if the code cannot go on with some, or there are none
	 */
	public int replayFolder(Path folder) {
		return replayAll(Histories.readAll(folder).stream());
	}

	/**
	 * A test for each history of a folder and of those below, for a method with
	 * {@code @TestFactory}.
	 * @param folder where files are that end in {@code .json}
	 * @return the tests, named like the files
	 */
	public Stream<DynamicTest> tests(Path folder) {
		List<RecordedHistory> histories = Histories.readAll(folder);
		if (histories.isEmpty()) {
			throw new AssertionError("Expected histories to replay in " + folder + ", but there are none");
		}
		return histories.stream().map(history -> DynamicTest.dynamicTest(history.name(), () -> replay(history)));
	}

	private @Nullable String problem(RecordedHistory history) {
		Optional<WorkflowDefinition> code = registry.find(history.workflowType());
		if (code.isEmpty()) {
			return "Expected the code of workflow type '%s', which %s needs, but only %s were given"
				.formatted(history.workflowType(), history, registry.types());
		}
		WorkflowInfo info = new WorkflowInfo(history.key().namespace(), history.workflowId(), history.runId(),
				history.workflowType(), history.start().taskQueue(), history.events().getFirst().time());
		try (WorkflowMachine machine = new WorkflowMachine(code.get(), info, services)) {
			TurnResult.Bug bug = machine.replay(history.events());
			return (bug != null) ? describe(history, bug, machine.mismatch()) : null;
		}
	}

	private static String describe(RecordedHistory history, TurnResult.Bug bug, @Nullable Mismatch mismatch) {
		StringBuilder text = new StringBuilder(
				"Expected %s to replay, but it does not [%s]%n".formatted(history, bug.code()));
		if (mismatch != null) {
			text.append("In the turn of event %d:%n%s".formatted(mismatch.markerId(), mismatch.diff()));
		}
		return text.append(bug.message()).toString();
	}

}
