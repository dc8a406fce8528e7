package io.reprise.testkit.app;

import io.reprise.Activity;

/**
 * Payments, which fail now and then.
 */
@Activity
public class Payments {

	public String charge(String customer, int month) {
		return customer + "-" + month;
	}

}
