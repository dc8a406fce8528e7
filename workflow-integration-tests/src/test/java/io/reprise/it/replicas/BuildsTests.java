package io.reprise.it.replicas;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.reprise.StartOptions;
import io.reprise.Workflow;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowStatus;
import io.reprise.Workflows;
import io.reprise.spi.NodeRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A replica of an older build beside one whose code goes another way.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BuildsTests extends ReplicaScene {

	private static final String TRIP = "Trip";

	private final Replica older = add(
			new Replica(() -> "old", "1", store, store, clock, 2, new Jobs("old", shared), List.of(OlderTrip.class)));

	private volatile Runnable whenTaken = () -> {
	};

	private final Replica newer = add(
			new Replica(() -> "new", "2", store, nodes(), clock, 2, new Jobs("new", shared), List.of(NewerTrip.class)));

	@Test
	void shouldHandOnATurnThatOnlyTheNewerBuildCanRun() {
		start();

		older.client().handle("trip").signal("tell", "last");
		pass(Duration.ofSeconds(2), this::isEnded);

		assertThat(newer.client().handle("trip").describe().status()).isEqualTo(WorkflowStatus.COMPLETED);
		assertThat(store.countStalled()).isZero();
	}

	@Test
	void shouldAnswerAQueryWithWhatTheNewerBuildHasYetToSee() {
		start();

		older.client().handle("trip").signal("tell", "news");
		Awaitility.await().until(this::isOffered);
		CompletableFuture<List<?>> heard = CompletableFuture.supplyAsync(() -> heard(newer.client()),
				(task) -> Thread.ofVirtual().start(task));
		pass(Duration.ofSeconds(2), heard::isDone);

		assertThat(heard.join()).isEqualTo(List.of("news"));
	}

	@Test
	void shouldGoOnWithARunThatIsSignalledWhileItIsTakenOver() {
		start();
		whenTaken = () -> newer.client().handle("trip").signal("tell", "more");

		older.client().handle("trip").signal("tell", "last");
		pass(Duration.ofSeconds(2), this::isEnded);

		assertThat(newer.client().handle("trip").describe().status()).isEqualTo(WorkflowStatus.COMPLETED);
	}

	private void start() {
		newer.client().start(TRIP, StartOptions.withId("trip"));
		Awaitility.await().until(() -> heard(newer.client()).isEmpty() && owner() == null);
	}

	/** Lets something happen when rows name their new owner and it has not been told. */
	private NodeRegistry nodes() {
		return (NodeRegistry) Proxy.newProxyInstance(NodeRegistry.class.getClassLoader(),
				new Class<?>[] { NodeRegistry.class }, (proxy, method, arguments) -> {
					Object result = method.invoke(store, arguments);
					if (method.getName().equals("adopt") && !List.of().equals(result)) {
						whenTaken.run();
					}
					return result;
				});
	}

	private static List<?> heard(WorkflowClient client) {
		return client.handle("trip").query("heard", List.class);
	}

	private boolean isOffered() {
		String owner = owner();
		return owner != null && NodeRegistry.isUnclaimed(owner);
	}

	private String owner() {
		return store.find(newer.client().handle("trip").describe().runId()).orElseThrow().owner();
	}

	private boolean isEnded() {
		return newer.client().handle("trip").describe().status().isClosed();
	}

	/** As it was. */
	@Workflow(TRIP)
	public static class OlderTrip {

		private final List<String> heard = new ArrayList<>();

		@Workflow.Run
		public List<String> run() {
			Workflows.await(() -> heard.contains("last"));
			return heard;
		}

		@Workflow.Signal
		public void tell(String news) {
			heard.add(news);
		}

		@Workflow.Query
		public List<String> heard() {
			return heard;
		}

	}

	/** Goes through customs. */
	@Workflow(TRIP)
	public static class NewerTrip {

		private final List<String> heard = new ArrayList<>();

		@Workflow.Run
		public List<String> run() {
			if (Workflows.patched("customs")) {
				Workflows.sideEffect(String.class, () -> "declared");
			}
			Workflows.await(() -> heard.contains("last"));
			return heard;
		}

		@Workflow.Signal
		public void tell(String news) {
			heard.add(news);
		}

		@Workflow.Query
		public List<String> heard() {
			return heard;
		}

	}

}
