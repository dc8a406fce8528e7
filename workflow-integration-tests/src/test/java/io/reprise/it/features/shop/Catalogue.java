package io.reprise.it.features.shop;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.reprise.Activity;
import io.reprise.StartOptions;
import io.reprise.WorkflowClient;

/**
 * Values of all kinds, and a bean that itself starts workflows.
 */
@Activity
public class Catalogue {

	private final WorkflowClient client;

	public Catalogue(WorkflowClient client) {
		this.client = client;
	}

	public List<Item> items(List<String> names) {
		return names.stream()
			.map((name) -> new Item(name, new BigDecimal("1.50"), LocalDate.of(2026, 2, 28), Shelf.of(name)))
			.toList();
	}

	public Map<Shelf, List<Item>> byShelf(List<Item> items) {
		return items.stream().collect(Collectors.groupingBy(Item::shelf));
	}

	public Item find(List<Item> items, String name) {
		return items.stream().filter((item) -> item.name().equals(name)).findFirst().orElse(null);
	}

	/** Starts another workflow, once however often it is attempted. */
	public String order(String id, Item item) {
		return client.start(Approval.class, (w) -> w.run(item.name()), StartOptions.withId(id).requestId(id))
			.workflowId();
	}

	/** Where an item stands. */
	public enum Shelf {

		UPPER, LOWER;

		static Shelf of(String name) {
			return (name.length() > 3) ? UPPER : LOWER;
		}

	}

	/**
	 * What is sold.
	 *
	 * @param name its name
	 * @param price its price
	 * @param bestBefore when it is to be sold
	 * @param shelf where it stands
	 */
	public record Item(String name, BigDecimal price, LocalDate bestBefore, Shelf shelf) {

	}

}
