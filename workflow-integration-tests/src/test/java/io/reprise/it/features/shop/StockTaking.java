package io.reprise.it.features.shop;

import java.util.List;
import java.util.Map;

import io.reprise.Workflow;
import io.reprise.Workflows;
import io.reprise.it.features.shop.Catalogue.Item;
import io.reprise.it.features.shop.Catalogue.Shelf;

/**
 * Hands lists, maps, records and {@code null} to and fro.
 */
@Workflow
public class StockTaking {

	private final Catalogue catalogue;

	private List<Item> items = List.of();

	public StockTaking(Catalogue catalogue) {
		this.catalogue = catalogue;
	}

	@Workflow.Run
	public Map<Shelf, List<Item>> run(List<String> names) {
		items = catalogue.items(names);
		if (catalogue.find(items, "missing") == null) {
			catalogue.order(Workflows.info().workflowId() + "-order", items.getFirst());
		}
		return catalogue.byShelf(items);
	}

	@Workflow.Query
	public List<Item> items() {
		return items;
	}

}
