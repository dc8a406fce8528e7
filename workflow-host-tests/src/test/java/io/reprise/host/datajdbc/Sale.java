package io.reprise.host.datajdbc;

import io.reprise.ActivityOptions;
import io.reprise.Workflow;

@Workflow
public class Sale {

	private final BoxOffice boxOffice;

	public Sale(@ActivityOptions(initialInterval = "10ms") BoxOffice boxOffice) {
		this.boxOffice = boxOffice;
	}

	@Workflow.Run
	public String run(String holder) {
		return boxOffice.sell(holder);
	}

}
