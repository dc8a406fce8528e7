package io.reprise.benchmarks.reprise;

import java.time.Duration;
import java.util.List;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowHandle;
import io.reprise.benchmarks.Cell;
import io.reprise.benchmarks.SystemUnderTest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Reprise embedded in an application of this JVM.
 */
public final class RepriseSystem implements SystemUnderTest {

	private static final String TEXT = "order-456";

	private final ConfigurableApplicationContext context;

	private final WorkflowClient client;

	private RepriseSystem(ConfigurableApplicationContext context) {
		this.context = context;
		this.client = context.getBean(WorkflowClient.class);
	}

	/**
	 * Starts the application.
	 * @param url its database
	 * @param properties further properties, each as {@code key=value}
	 * @return the running system
	 */
	public static RepriseSystem start(String url, List<String> properties) {
		return new RepriseSystem(new SpringApplicationBuilder(BenchmarkApplication.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.logStartupInfo(false)
			.properties("spring.main.banner-mode=off", "spring.datasource.url=" + url + "&reWriteBatchedInserts=true",
					// The sleepers' log reads a clock.
					"workflow.determinism.enabled=false")
			.properties(properties.toArray(String[]::new))
			.run());
	}

	@Override
	public String name() {
		return "reprise";
	}

	@Override
	public void run(String id, int activities) {
		check(client.execute(Sequence.class, (workflow) -> workflow.run(activities, TEXT), StartOptions.withId(id)));
	}

	@Override
	public void runLocal(String id, int activities) {
		check(client.execute(LocalSequence.class, (workflow) -> workflow.run(activities, TEXT),
				StartOptions.withId(id)));
	}

	@Override
	public Started start(String id, int activities) {
		WorkflowHandle<Sequence, String> handle = client.start(Sequence.class,
				(workflow) -> workflow.run(activities, TEXT), StartOptions.withId(id));
		return () -> check(handle.result());
	}

	@Override
	public void startSleeper(String id, Duration time) {
		client.startVoid(Sleeper.class, (workflow) -> workflow.run(id, time.toMillis()), StartOptions.withId(id));
	}

	@Override
	public boolean supports(Cell cell) {
		return true;
	}

	/** A run that has ended is kept by nobody, so each query replays it. */
	@Override
	public Replay longHistory(int events) {
		int activities = events / LongSequence.EVENTS_EACH;
		WorkflowHandle<LongSequence, String> handle = client.start(LongSequence.class,
				(workflow) -> workflow.run(activities, TEXT), StartOptions.withId("history-" + System.nanoTime()));
		check(handle.result());
		return () -> {
			int passed = handle.query(LongSequence::passed);
			if (passed != activities) {
				throw new IllegalStateException(
						"Expected %d activities in the history, but it has %d".formatted(activities, passed));
			}
		};
	}

	@Override
	public void close() {
		context.close();
	}

	private static void check(@Nullable String result) {
		if (!TEXT.equals(result)) {
			throw new IllegalStateException("Expected the result %s, but it is %s".formatted(TEXT, result));
		}
	}

}
