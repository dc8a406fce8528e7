package io.reprise.it.replicas;

import java.time.Duration;
import java.util.List;

import io.reprise.ParentClosePolicy;
import io.reprise.StartOptions;
import io.reprise.WorkflowStatus;
import io.reprise.it.replicas.Family.Child;
import io.reprise.it.replicas.Family.Parent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Parents and children of several replicas.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FamilyTests extends ReplicaScene {

	private final Replica one = family("a");

	private final Replica other = family("b");

	@Test
	void shouldTellAParentOfAnotherReplica() {
		shared.hold("beside");
		one.client()
			.start(Parent.class, (w) -> w.run("beside", ParentClosePolicy.TERMINATE), StartOptions.withId("parent"));
		awaitBegun("beside #1 on a");
		awaitChild(one);

		other.client().handle(Child.class, "child").signal(Child::grow);
		pass(Duration.ofSeconds(3), () -> status(other, "child").isClosed());
		assertThat(status(one, "parent")).isEqualTo(WorkflowStatus.RUNNING);
		shared.release("beside");
		pass(Duration.ofSeconds(3), () -> status(one, "parent").isClosed());

		assertThat(one.client().handle("parent").result(List.class)).isEqualTo(List.of("a", "grown"));
	}

	@Test
	void shouldTellAParentThatNobodyHasInMemory() {
		one.client().start(Parent.class, (w) -> w.run("", ParentClosePolicy.TERMINATE), StartOptions.withId("parent"));
		awaitChild(other);
		one.stop();

		other.client().handle(Child.class, "child").signal(Child::grow);
		pass(Duration.ofSeconds(5), () -> status(other, "parent").isClosed());

		assertThat(other.client().handle("parent").result(List.class)).isEqualTo(List.of("grown"));
	}

	@Test
	void shouldTerminateTheChildrenOfARunThatWasTerminatedElsewhere() {
		one.client().start(Parent.class, (w) -> w.run("", ParentClosePolicy.TERMINATE), StartOptions.withId("parent"));
		awaitChild(one);

		other.client().handle("parent").terminate("enough");
		pass(Duration.ofSeconds(3), () -> status(one, "child").isClosed());

		assertThat(status(one, "child")).isEqualTo(WorkflowStatus.TERMINATED);
	}

	private void awaitChild(Replica replica) {
		pass(Duration.ofSeconds(5),
				() -> replica.client()
					.handle("parent")
					.history()
					.stream()
					.anyMatch((event) -> event.type().equals("ChildWorkflowStarted")));
	}

	private Replica family(String name) {
		return add(new Replica(name, store, clock, 2, new Jobs(name, shared), List.of(Parent.class, Child.class)));
	}

}
