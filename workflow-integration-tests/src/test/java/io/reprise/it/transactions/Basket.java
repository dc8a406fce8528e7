package io.reprise.it.transactions;

import java.util.ArrayList;
import java.util.List;

import io.reprise.Workflow;
import io.reprise.Workflows;

/** Collects what it is told until it is paid. */
@Workflow
public class Basket {

	private final List<String> items = new ArrayList<>();

	private boolean paid;

	@Workflow.Run
	public List<String> run() {
		Workflows.await(() -> paid);
		return items;
	}

	@Workflow.Signal
	public void add(String item) {
		items.add(item);
	}

	@Workflow.Signal
	public void pay() {
		paid = true;
	}

	@Workflow.Query
	public int size() {
		return items.size();
	}

}
