package io.reprise.it.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.reprise.Workflow;
import io.reprise.Workflows;

/** A workflow that only the new build has. Answers like a voyage. */
@Workflow
public class Detour {

	private final Port port;

	private final List<String> heard = new ArrayList<>();

	public Detour(Port port) {
		this.port = port;
	}

	@Workflow.Run
	public List<String> run(String name, int legs) {
		for (int leg = 0; leg < legs; leg++) {
			port.call(name + ":" + leg);
			int known = heard.size();
			Workflows.await(Duration.ofMillis(50), () -> heard.size() > known);
		}
		return heard;
	}

	@Workflow.Signal
	public void tell(String news) {
		heard.add(news);
	}

}
