package io.reprise.it.features.deploy;

import io.reprise.Activity;

/**
 * What all versions of the application can do.
 */
@Activity
public class Courier {

	public String pack(String parcel) {
		return "packed";
	}

	public String weigh(String parcel) {
		return "weighed";
	}

	public String insure(String parcel) {
		return "insured";
	}

	public String ship(String parcel) {
		return "shipped";
	}

	/** Name of a customer, or {@code null}. */
	public String customer(String number) {
		return number.equals("1") ? "Ada" : null;
	}

}
