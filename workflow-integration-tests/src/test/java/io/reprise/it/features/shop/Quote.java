package io.reprise.it.features.shop;

import java.math.BigDecimal;

import io.reprise.Workflow;

/**
 * A workflow as other applications share it.
 */
@Workflow
public interface Quote {

	@Workflow.Run
	BigDecimal run(BigDecimal listPrice);

	@Workflow.Signal
	void discount(int percent);

	@Workflow.Signal
	void accept();

	@Workflow.Query
	BigDecimal price();

}
