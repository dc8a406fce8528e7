package io.reprise.boot;

import java.util.List;

import io.reprise.boot.app.Greet;
import io.reprise.boot.scan.AbstractFlow;
import io.reprise.boot.scan.ConcreteFlow;
import io.reprise.boot.scan.Flow;
import io.reprise.boot.scan.FlowImplementation;
import io.reprise.boot.scan.Holder;
import io.reprise.boot.scan.below.BelowFlow;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class WorkflowScannerTests {

	private final WorkflowScanner scanner = new WorkflowScanner(new MockEnvironment(), new DefaultResourceLoader());

	@Test
	void shouldFindAnnotatedTypesAndWhatExtendsThem() {
		assertThat(scanner.scan(List.of(Flow.class.getPackageName()))).containsExactly(AbstractFlow.class,
				ConcreteFlow.class, Flow.class, FlowImplementation.class, Holder.Nested.class, BelowFlow.class);
	}

	@Test
	void shouldFindEachTypeOnce() {
		assertThat(scanner.scan(List.of(Greet.class.getPackageName(), Greet.class.getPackageName())))
			.containsExactly(Greet.class);
		assertThat(scanner.scan(List.of(Flow.class.getPackageName(), BelowFlow.class.getPackageName()))).hasSize(6);
	}

	@Test
	void shouldFindNothingWhereNothingIs() {
		assertThat(scanner.scan(List.of("io.reprise.boot.nowhere"))).isEmpty();
		assertThat(scanner.scan(List.of())).isEmpty();
	}

	@Test
	void shouldTellWorkflowsFromOthers() {
		assertThat(WorkflowScanner.isWorkflow(Flow.class)).isTrue();
		assertThat(WorkflowScanner.isWorkflow(FlowImplementation.class)).isTrue();
		assertThat(WorkflowScanner.isWorkflow(ConcreteFlow.class)).isTrue();
		assertThat(WorkflowScanner.isWorkflow(Holder.class)).isFalse();
		assertThat(WorkflowScanner.isWorkflow(String.class)).isFalse();
	}

}
