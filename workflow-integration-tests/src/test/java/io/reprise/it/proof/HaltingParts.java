package io.reprise.it.proof;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.reprise.protocol.ActivityTask;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.WorkflowTask;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.TaskDispatch;
import io.reprise.spi.TurnAhead;

/** The other parts of a node at which its process may end. */
final class HaltingParts {

	private HaltingParts() {
	}

	/**
	 * Hands on tasks.
	 *
	 * @param target who gets them
	 */
	record Dispatch(TaskDispatch target) implements TaskDispatch {

		@Override
		public void dispatch(WorkflowTask task) {
			HaltPoint.AFTER_ANSWER_BEFORE_EFFECTS.pass();
			target.dispatch(task);
		}

		@Override
		public boolean dispatchAhead(WorkflowTask task, TurnAhead turn) {
			return target.dispatchAhead(task, turn);
		}

		@Override
		public void dispatch(ActivityTask task) {
			HaltPoint.AFTER_ANSWER_BEFORE_EFFECTS.pass();
			target.dispatch(task);
		}

		@Override
		public boolean withdraw(ExecutionKey key, Map<Integer, Integer> attempts) {
			return target.withdraw(key, attempts);
		}

		@Override
		public void suspendAttempts() {
			target.suspendAttempts();
		}

		@Override
		public void resumeAttempts() {
			target.resumeAttempts();
		}

		@Override
		public void dropAttempts() {
			target.dropAttempts();
		}

		@Override
		public void cancelActivity(ExecutionKey key, int activityId) {
			target.cancelActivity(key, activityId);
		}

		@Override
		public void runClosed(ExecutionKey key) {
			target.runClosed(key);
		}

	}

	/**
	 * Knows the nodes.
	 *
	 * @param target who does
	 */
	record Registry(NodeRegistry target) implements NodeRegistry {

		@Override
		public void join(String nodeId, Duration lease) {
			target.join(nodeId, lease);
			HaltPoint.AFTER_JOIN.pass();
		}

		@Override
		public boolean renew(String nodeId, Duration lease) {
			return target.renew(nodeId, lease);
		}

		@Override
		public void leave(String nodeId, boolean drained) {
			target.leave(nodeId, drained);
		}

		@Override
		public List<GoneNode> findGone(String nodeId) {
			return target.findGone(nodeId);
		}

		@Override
		public List<ExecutionKey> adopt(String gone, String nodeId, Collection<String> workflowTypes, int limit) {
			List<ExecutionKey> adopted = target.adopt(gone, nodeId, workflowTypes, limit);
			if (!adopted.isEmpty()) {
				HaltPoint.AFTER_ADOPTION_BEFORE_DISPATCH.pass();
			}
			return adopted;
		}

		@Override
		public boolean forget(String gone) {
			return target.forget(gone);
		}

	}

}
