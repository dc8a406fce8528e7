package io.reprise.testkit.slice;

import io.reprise.Activity;

/** Takes money; needs what a slice does not have. */
@Activity
public class Billing {

	private final Runnable bank;

	Billing(Runnable bank) {
		this.bank = bank;
	}

	public String charge(String customer, int month) {
		bank.run();
		return customer + "-" + month;
	}

}
