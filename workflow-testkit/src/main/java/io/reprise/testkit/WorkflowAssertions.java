package io.reprise.testkit;

import io.reprise.WorkflowRef;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on what workflows did. To be imported beside those of AssertJ:
 *
 * <pre class="code">
 * import static io.reprise.testkit.WorkflowAssertions.assertThat;
 * import static org.assertj.core.api.Assertions.assertThat;
 *
 * assertThat(order).completed()
 *     .hasResult("shipped")
 *     .scheduled("Payments.chargeCard").times(3)
 *     .slept(Duration.ofDays(30));
 * </pre>
 */
public final class WorkflowAssertions {

	private WorkflowAssertions() {
	}

	/**
	 * Begins assertions on a run as it stands. What a test kit's client gave is let do
	 * first what it can without time passing.
	 * @param workflow a handle; without a run id, the latest run
	 * @return the assertions
	 */
	public static WorkflowAssert assertThat(@Nullable WorkflowRef workflow) {
		return WorkflowAssert.of(workflow);
	}

}
