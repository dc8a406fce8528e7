package io.reprise.testkit.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.reprise.IdConflictPolicy;
import io.reprise.protocol.Command;
import io.reprise.protocol.HistoryEvent;
import io.reprise.protocol.RunChain;
import io.reprise.spi.RunRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which runs may follow which under one workflow id.
 */
final class Starts {

	/** What clients asked for, by run id. */
	private final Map<String, Command.StartWorkflow> asked = new HashMap<>();

	/** The latest runs, by workflow id. */
	private final Map<String, Started> latest = new HashMap<>();

	/** The runs before those that were just created. */
	private final Map<String, RunStory> follows = new HashMap<>();

	/** A client is about to ask for a run. */
	void asked(Command.StartWorkflow start) {
		asked.put(start.key().runId(), start);
	}

	/** A run was created. */
	void check(RunStory story, RunRecord record) {
		Started before = latest.put(story.key().workflowId(), new Started(story, record.startRequestId()));
		if (before != null) {
			follows.put(story.key().runId(), before.story);
		}
		RunChain chain = story.chain();
		if (chain != null) {
			story.require(before != null && before.story.key().runId().equals(chain.previousRunId())
					&& before.requestId.equals(record.startRequestId()), "it follows the latest run", chain);
			story.follow(Objects.requireNonNull(before).story);
			return;
		}
		if (before == null) {
			return;
		}
		story.require(!record.startRequestId().equals(before.requestId),
				"the same request has not started the run before it", record);
		Command.StartWorkflow start = asked.get(story.key().runId());
		story.require(start == null || mayFollow(before.story.closing(), start),
				"its start minds no earlier run that ended with " + before.story.closing(), record);
	}

	private static boolean mayFollow(@Nullable HistoryEvent end, Command.StartWorkflow start) {
		return switch (start.idReusePolicy()) {
			case ALLOW_DUPLICATE -> true;
			case ALLOW_DUPLICATE_FAILED_ONLY -> !(end instanceof HistoryEvent.WorkflowCompleted);
			// One that was open may have been terminated for it
			case REJECT_DUPLICATE -> start.idConflictPolicy() == IdConflictPolicy.TERMINATE_EXISTING
					&& end instanceof HistoryEvent.WorkflowTerminated;
		};
	}

	/**
	 * All of a commit is known. One run of a workflow id is open at a time, and who names
	 * a run that follows is followed by it.
	 */
	void checkContinued(RunStory story, Function<String, @Nullable RunStory> stories) {
		RunStory before = follows.remove(story.key().runId());
		story.require(before == null || before.isClosed(), "no other run of its workflow id is open",
				String.valueOf(before));
		HistoryEvent closing = story.closing();
		String next = (closing instanceof HistoryEvent.Closing closed) ? closed.nextRunId() : null;
		if (next != null) {
			RunStory follower = stories.apply(next);
			story.require(
					follower != null && follower.chain() != null
							&& follower.chain().previousRunId().equals(story.key().runId()),
					"run " + next + " follows it", String.valueOf(follower));
		}
	}

	private record Started(RunStory story, String requestId) {

	}

}
