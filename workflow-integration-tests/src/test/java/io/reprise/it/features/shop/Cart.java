package io.reprise.it.features.shop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.reprise.ApplicationFailure;
import io.reprise.Arguments;
import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * A cart that answers whoever changes it.
 */
@Workflow
public class Cart {

	private final List<String> items = new ArrayList<>();

	private boolean checkedOut;

	@Workflow.Run
	public List<String> run() {
		Workflows.await(() -> checkedOut);
		Workflows.await(Workflows::allHandlersFinished);
		return items;
	}

	@Workflow.Update
	public int add(String item) {
		items.add(item);
		return items.size();
	}

	@Workflow.UpdateValidator("add")
	public void checkItem(String item) {
		if (item.isEmpty()) {
			throw ApplicationFailure.nonRetryable("NoName", "an item with no name");
		}
	}

	@Workflow.Update
	public String deliver(Duration time) {
		Workflows.sleep(time);
		return items.size() + " delivered";
	}

	@Workflow.Signal
	public void note(String text) {
		items.add(text);
	}

	@Workflow.Signal
	public void checkOut() {
		checkedOut = true;
	}

	@Workflow.Signal(dynamic = true)
	public void other(String name, Arguments arguments) {
		items.add("%s(%s, %d)".formatted(name, arguments.get(0, String.class), arguments.get(1, Integer.class)));
	}

	@Workflow.Query
	public List<String> items() {
		return items;
	}

}
