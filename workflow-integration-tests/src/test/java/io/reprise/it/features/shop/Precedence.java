package io.reprise.it.features.shop;

import java.time.Duration;

import io.reprise.ActivityOptions;
import io.reprise.ActivitySettings;
import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * Calls with options from everywhere.
 */
@Workflow
public class Precedence {

	private final Tuned injected;

	private final Tuned bare;

	private final Untuned untuned;

	private final Ledger ledger;

	public Precedence(@ActivityOptions(startToCloseTimeout = "12s") Tuned injected, Tuned bare, Untuned untuned,
			Ledger ledger) {
		this.injected = injected;
		this.bare = bare;
		this.untuned = untuned;
		this.ledger = ledger;
	}

	@Workflow.Run
	public void run() {
		ActivitySettings settings = ActivitySettings.none().withStartToCloseTimeout(Duration.ofSeconds(11));
		Workflows.activity(Tuned.class, settings).tuned();
		injected.tuned();
		bare.tuned();
		bare.plain();
		untuned.configured();
		untuned.groupConfigured();
		ledger.databaseTime();
		Workflows.activity("Tuned.tuned", settings, Void.class);
		Workflows.activity("Tuned.tuned", Void.class);
	}

}
