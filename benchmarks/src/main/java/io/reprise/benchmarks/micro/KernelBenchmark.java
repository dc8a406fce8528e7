package io.reprise.benchmarks.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.reprise.kernel.Kernel;
import io.reprise.kernel.RunState;
import io.reprise.protocol.HistoryJson;
import io.reprise.protocol.RecordedEvent;
import io.reprise.protocol.Transition;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The kernel, and the JSON of what it decides.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KernelBenchmark {

	private static final int ACTIVITIES = 100;

	private final SampleRun run = new SampleRun().pass(ACTIVITIES);

	private final List<RecordedEvent> history = run.history();

	private final Transition transition = run.transition();

	private final byte[] bytes = HistoryJson.write(transition);

	/**
	 * Decides on the result of an activity and folds what was decided.
	 * @return the state after it
	 */
	@Benchmark
	public RunState decideAndEvolve() {
		return run.completed();
	}

	/**
	 * Folds the history of 100 activities.
	 * @return the state after it
	 */
	@Benchmark
	public RunState foldHundredActivities() {
		return Kernel.create(SampleRun.KEY, history);
	}

	/**
	 * Writes the transition of one activity.
	 * @return its bytes
	 */
	@Benchmark
	public byte[] writeTransition() {
		return HistoryJson.write(transition);
	}

	/**
	 * Reads the transition of one activity.
	 * @return what was read
	 */
	@Benchmark
	public Transition readTransition() {
		return HistoryJson.read(transition.firstEventId(), bytes);
	}

}
