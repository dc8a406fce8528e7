package io.reprise.it.transactions;

import io.reprise.Activity;

@Activity
public class Warehouse {

	public String pack(String order) {
		return "packed " + order;
	}

}
