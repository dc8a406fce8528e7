package io.reprise.testkit.simulator;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.NeighbourAnswer;
import io.reprise.protocol.NeighbourRequest;
import io.reprise.protocol.NeighbourRequest.StartChildWorkflowInitiated;
import org.jspecify.annotations.Nullable;

/**
 * What a run asked of others and what they answered.
 */
final class NeighbourStory {

	private final Map<Integer, NeighbourRequest> requests = new HashMap<>();

	private final Set<Integer> started = new HashSet<>();

	private final Map<Integer, NeighbourAnswer> outcomes = new LinkedHashMap<>();

	boolean ask(NeighbourRequest request) {
		return requests.put(request.number(), request) == null;
	}

	boolean answer(NeighbourAnswer answer) {
		int number = answer.number();
		boolean isOfChild = requests.get(number) instanceof StartChildWorkflowInitiated;
		return switch (answer) {
			case NeighbourAnswer.ChildWorkflowStarted e ->
				isOfChild && !outcomes.containsKey(number) && started.add(number);
			case NeighbourAnswer.ChildWorkflowStartFailed e ->
				isOfChild && !started.contains(number) && outcomes.put(number, e) == null;
			case NeighbourAnswer.ChildEnd e -> isOfChild && started.contains(number) && outcomes.put(number, e) == null;
			case NeighbourAnswer.ExternalSignaled e -> isOf(number, true) && outcomes.put(number, e) == null;
			case NeighbourAnswer.SignalExternalFailed e -> isOf(number, true) && outcomes.put(number, e) == null;
			case NeighbourAnswer.ExternalCancelRequested e -> isOf(number, false) && outcomes.put(number, e) == null;
			case NeighbourAnswer.CancelExternalFailed e -> isOf(number, false) && outcomes.put(number, e) == null;
		};
	}

	private boolean isOf(int number, boolean signal) {
		return signal ? requests.get(number) instanceof NeighbourRequest.SignalExternalInitiated
				: requests.get(number) instanceof NeighbourRequest.CancelExternalInitiated;
	}

	/** What it was told of others is what became of them. */
	void check(RunStory story, Oracle oracle) {
		for (int childId : started) {
			RunStory child = oracle.story(requests.get(childId).runId());
			story.require(child != null, "child " + childId + " was started", requests.get(childId));
		}
		outcomes.values().forEach(outcome -> check(story, outcome, oracle));
	}

	private void check(RunStory story, NeighbourAnswer outcome, Oracle oracle) {
		NeighbourRequest request = requests.get(outcome.number());
		RunStory other = oracle.story(request.runId());
		switch (outcome) {
			case NeighbourAnswer.ChildWorkflowStartFailed e ->
				story.require(other == null, "there is no child that could not be started", e);
			case NeighbourAnswer.ChildEnd end -> story
				.require(other != null && end.equals(end(end.childId(), other.closing())), "its child ended so", end);
			case NeighbourAnswer.ExternalSignaled e -> {
				String requestId = story.key().runId() + "/" + e.number();
				long delivered = oracle.stories()
					.stream()
					.filter(each -> each.key().workflowId().equals(request.workflowId()))
					.flatMap(each -> each.events().stream())
					.filter(event -> event.event() instanceof HistoryEvent.WorkflowSignaled signaled
							&& signaled.requestId().equals(requestId))
					.count();
				// Twice only to two runs of one id, each of which takes it once
				story.require(delivered > 0 || isTerminated(request, oracle), "its signal is delivered", e);
			}
			default -> {
				// Says nothing that would last
			}
		}
	}

	/** What was left for a run that was terminated is passed over. */
	private static boolean isTerminated(NeighbourRequest request, Oracle oracle) {
		return oracle.stories()
			.stream()
			.anyMatch(each -> each.key().workflowId().equals(request.workflowId())
					&& each.closing() instanceof HistoryEvent.WorkflowTerminated);
	}

	private static @Nullable NeighbourAnswer end(int childId, @Nullable HistoryEvent closing) {
		return switch (closing) {
			case HistoryEvent.WorkflowCompleted e -> new NeighbourAnswer.ChildWorkflowCompleted(childId, e.result());
			case HistoryEvent.WorkflowFailed e -> new NeighbourAnswer.ChildWorkflowFailed(childId, e.failure());
			case HistoryEvent.WorkflowCanceled e -> new NeighbourAnswer.ChildWorkflowCanceled(childId, e.failure());
			case HistoryEvent.WorkflowTerminated e -> new NeighbourAnswer.ChildWorkflowTerminated(childId, e.reason());
			case null, default -> null;
		};
	}

}
