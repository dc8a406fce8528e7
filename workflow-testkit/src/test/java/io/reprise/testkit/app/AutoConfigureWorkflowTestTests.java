package io.reprise.testkit.app;

import java.time.Duration;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.testkit.AutoConfigureWorkflowTest;
import io.reprise.testkit.TestTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureWorkflowTest} in a test with the whole application.
 */
@SpringBootTest(properties = "workflow.worker.cachedWorkflows=5")
@AutoConfigureWorkflowTest
@Timeout(60)
class AutoConfigureWorkflowTestTests {

	@Autowired
	private WorkflowClient client;

	@Autowired
	private TestTime time;

	@Autowired
	private Environment environment;

	@Test
	void shouldRunTheWholeApplicationOnVirtualTime() {
		String result = client.execute(Subscription.class, w -> w.run("ada", 2), StartOptions.withId("ada"));

		assertThat(result).isEqualTo("sent: ada stayed 2 months");
	}

	@Test
	void shouldAdvanceTime() {
		client.start(Subscription.class, w -> w.run("ada", 9), StartOptions.withId("ada"));

		time.advance(Duration.ofDays(45));

		assertThat(client.handle(Subscription.class, "ada").query(Subscription::months)).isEqualTo(2);
	}

	@Test
	void shouldLetTheTestChooseProperties() {
		assertThat(environment.getProperty("workflow.worker.cached-workflows")).isEqualTo("5");
		assertThat(environment.getProperty("workflow.engine.clock-sync")).isEqualTo("0s");
	}

}
