package io.reprise.it.features.shop;

import io.reprise.Activity;

/**
 * Activities that are local because the configuration says so.
 */
@Activity
public class Chores {

	public String sweep() {
		return "swept";
	}

}
