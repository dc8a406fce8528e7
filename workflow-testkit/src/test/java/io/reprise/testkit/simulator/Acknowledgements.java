package io.reprise.testkit.simulator;

import java.util.ArrayList;
import java.util.List;

import io.reprise.protocol.Command;
import io.reprise.protocol.HistoryEvent;

/**
 * What clients were promised.
 */
final class Acknowledgements {

	private final List<Promised> promises = new ArrayList<>();

	/**
	 * A client was told that its command took effect.
	 * @param command the command
	 * @param runId the run
	 */
	void add(Command command, String runId) {
		promises.add(new Promised(command, runId));
	}

	int count() {
		return promises.size();
	}

	/** Labels of signals that a run was promised to see. */
	List<String> signals(String runId) {
		return promises.stream()
			.filter(promised -> promised.runId.equals(runId) && promised.command instanceof Command.SignalWorkflow)
			.map(promised -> ((Command.SignalWorkflow) promised.command).requestId())
			.toList();
	}

	void check(Oracle oracle) {
		for (Promised promised : promises) {
			RunStory story = oracle.story(promised.runId);
			if (story == null) {
				throw new RunStory.Contradiction(
						"Expected run " + promised.runId + " to exist after " + promised.command + ", but it does not");
			}
			check(oracle, promised.command, story);
		}
	}

	/** A run, and those before it, which may have taken what is sent again. */
	private static List<RunStory> chain(Oracle oracle, RunStory story) {
		List<RunStory> chain = new ArrayList<>(List.of(story));
		for (RunStory run = story; run != null && run.chain() != null;) {
			run = oracle.story(run.chain().previousRunId());
			if (run != null) {
				chain.add(run);
			}
		}
		return chain;
	}

	/** By this run or one that follows it, or by one before, which this one knows of. */
	private static boolean isHeard(Command.SignalWorkflow signal, RunStory story, List<RunStory> chain) {
		return chain.stream().anyMatch((run) -> run.hasSignal(signal.requestId()))
				|| (story.chain() != null && story.chain().requestIds().contains(signal.requestId()));
	}

	private void check(Oracle oracle, Command command, RunStory story) {
		boolean terminated = story.closing() instanceof HistoryEvent.WorkflowTerminated;
		List<RunStory> chain = chain(oracle, story);
		switch (command) {
			case Command.SignalWorkflow signal ->
				story.require(terminated || isHeard(signal, story, chain), "no signal is lost", signal);
			case Command.RequestCancel cancel -> story.require(
					terminated || chain.stream()
						.anyMatch((run) -> run.hasCancel(cancel.requestId()) || run.events()
							.stream()
							.anyMatch(each -> each.event() instanceof HistoryEvent.WorkflowCancelRequested)),
					"no cancel is lost", cancel);
			case Command.StartWorkflow start when start.message() instanceof Command.SignalWorkflow signal ->
				story.require(terminated || isHeard(signal, story, chain), "a start comes with its signal", start);
			case Command.UpdateWorkflow update ->
				story.require(story.hasUpdate(update.updateId()), "no accepted update is lost", update);
			default -> story.require(story.isClosed(), "it was started and has ended", command);
		}
	}

	private record Promised(Command command, String runId) {

	}

}
