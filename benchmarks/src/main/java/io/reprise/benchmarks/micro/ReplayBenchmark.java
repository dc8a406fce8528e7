package io.reprise.benchmarks.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.reprise.WorkflowInfo;
import io.reprise.convert.FailureConverter;
import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.protocol.RecordedEvent;
import io.reprise.replay.MachineServices;
import io.reprise.replay.ReplayLimits;
import io.reprise.replay.WorkflowMachine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Replay by itself: the code of a workflow is run against a history in memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReplayBenchmark {

	private static final WorkflowInfo INFO = new WorkflowInfo(SampleRun.KEY.namespace(), SampleRun.KEY.workflowId(),
			SampleRun.KEY.runId(), SampleRun.WORKFLOW_TYPE, SampleRun.TASK_QUEUE, SampleRun.NOW);

	private final JacksonPayloadConverter converter = JacksonPayloadConverter.withDefaults();

	private final MachineServices services = new MachineServices(converter, new FailureConverter(converter),
			(type, settings) -> ActivityPolicy.DEFAULT, ReplayLimits.DEFAULT);

	private final SequenceCode code = new SequenceCode(converter);

	/** How many activities the history has. */
	@Param({ "1", "100", "10000" })
	private int activities;

	private List<RecordedEvent> history = List.of();

	/**
	 * Makes the history.
	 */
	@Setup
	public void record() {
		history = new SampleRun().pass(activities).history();
	}

	/**
	 * Replays it on a new machine.
	 * @return the marker of the last turn
	 */
	@Benchmark
	public long replay() {
		try (WorkflowMachine machine = new WorkflowMachine(code, INFO, services)) {
			if (machine.replay(history) != null) {
				throw new IllegalStateException("Expected a history that fits the code");
			}
			return machine.lastMarkerId();
		}
	}

}
