package io.reprise.testkit.slice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowHandle;
import io.reprise.testkit.WorkflowTest;
import io.reprise.testkit.WorkflowTime;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

@WorkflowTest
class WorkflowTestTests {

	@Autowired
	private WorkflowClient client;

	@Autowired
	private WorkflowTime time;

	@MockitoBean
	private Billing billing;

	@Test
	void shouldLetAYearPassAtOnce() {
		given(billing.charge(anyString(), anyInt())).willAnswer((call) -> "receipt " + call.getArgument(1));
		Instant start = time.now();

		List<String> receipts = client.execute(Subscription.class, (w) -> w.run("ada", 12), StartOptions.defaults());

		assertThat(receipts).hasSize(12).last().isEqualTo("receipt 12");
		assertThat(time.now()).isEqualTo(start.plus(Duration.ofDays(360)));
		verify(billing, times(12)).charge(anyString(), anyInt());
	}

	@Test
	void shouldLookAtAWorkflowOnTheWay() {
		given(billing.charge(anyString(), anyInt())).willReturn("receipt");
		WorkflowHandle<Subscription, List<String>> handle = client.start(Subscription.class, (w) -> w.run("ada", 12),
				StartOptions.withId("subscription-ada"));

		time.advance(Duration.ofDays(45));
		assertThat(handle.query(Subscription::charged)).isEqualTo(2);

		handle.signal(Subscription::end);
		assertThat(handle.result()).hasSize(2);
	}

}
