package io.reprise.testkit.app;

import io.reprise.Workflow;
import io.reprise.Workflows;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a word.
 */
@Workflow
public class Waiting {

	private @Nullable String word;

	@Workflow.Run
	public @Nullable String run() {
		Workflows.await(() -> word != null);
		return word;
	}

	@Workflow.Signal
	public void say(String said) {
		word = said;
	}

}
