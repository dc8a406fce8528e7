package io.reprise.it.testing;

import io.reprise.Activity;

/**
 * What a rental needs of the world, which tests replace.
 */
@Activity
public interface Rentals {

	String reserve(String car);

	void release(String reservation);

	String charge(String customer, int days);

	void refund(String receipt);

}
