package io.reprise.worker;

import io.reprise.protocol.ExecutionKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

class TaskMdcTests {

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void shouldGiveBackTheIdsOfTheTaskAroundIt() {
		try (TaskMdc outer = TaskMdc.of(new ExecutionKey("default", "order", "run-1"), "Order")) {
			try (TaskMdc inner = TaskMdc.of(new ExecutionKey("default", "invoice", "run-2"), "Invoice")) {
				assertThat(MDC.get("workflowId")).isEqualTo("invoice");
			}

			assertThat(MDC.get("workflowId")).isEqualTo("order");
			assertThat(MDC.get("runId")).isEqualTo("run-1");
		}
		assertThat(MDC.get("workflowId")).isNull();
	}

}
