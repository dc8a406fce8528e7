package io.reprise.it.features;

import io.reprise.ErrorCode;
import io.reprise.WorkflowHandle;
import io.reprise.it.features.shop.Approval;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Questions to workflows that run, have closed, or are not in memory.
 */
abstract class QuerySuite extends FeatureSuite {

	QuerySuite(Database database) {
		super(database);
	}

	@Test
	void shouldAnswerWhileBlocked() {
		WorkflowHandle<Approval, String> handle = approval();

		for (int i = 0; i < 20; i++) {
			String text = "note " + i;
			handle.signal((w) -> w.note(text));
			assertThat(handle.query(Approval::notes)).as("what was acknowledged before").hasSize(i + 1).contains(text);
		}

		String state = handle.query((w) -> w.currentState("it is "));
		assertThat(state).isEqualTo("it is open");
	}

	@Test
	void shouldAnswerOnAColdCache() {
		WorkflowHandle<Approval, String> handle = approval();
		handle.signal((w) -> w.note("before"));

		evictAll();

		assertThat(handle.query(Approval::notes)).containsExactly("before");
		handle.signal((w) -> w.note("after"));
		assertThat(handle.query(Approval::notes)).containsExactly("before", "after");
	}

	@Test
	void shouldAnswerWhenClosed() {
		WorkflowHandle<Approval, String> handle = approval();
		handle.signal((w) -> w.note("last words"));
		handle.signal((w) -> w.decideFor("yes"));
		handle.result(PATIENCE);

		assertThat(handle.query(Approval::notes)).containsExactly("last words");
		evictAll();
		assertThat(handle.query(Approval::notes)).containsExactly("last words");
		assertThat(client.handle(handle.workflowId()).query("state", String.class, "")).isEqualTo("yes");
	}

	@Test
	void shouldAnswerWhenTerminated() {
		WorkflowHandle<Approval, String> handle = approval();
		handle.signal((w) -> w.note("last words"));
		handle.query(Approval::notes);
		handle.terminate("enough");
		evictAll();

		assertThat(handle.query(Approval::notes)).containsExactly("last words");
	}

	@Test
	void shouldRefuseQueriesThatDoNotExistOrWait() {
		WorkflowHandle<Approval, String> handle = approval();

		assertCode(ErrorCode.UNKNOWN_QUERY, () -> handle.query("nothing", String.class));
		assertCode(ErrorCode.QUERY_NOT_READ_ONLY, () -> handle.query(Approval::curious));

		handle.signal((w) -> w.decideFor("yes"));
		assertThat(handle.result(PATIENCE)).as("the workflow after a bad query").isEqualTo("leave []");
	}

	private WorkflowHandle<Approval, String> approval() {
		return client.start(Approval.class, (w) -> w.run("leave"), withNewId("query"));
	}

}
