package io.reprise.it.features.shop;

import io.reprise.Activity;

/**
 * An activity type whose options are in the configuration.
 */
@Activity
public class Untuned {

	public void configured() {
	}

	public void groupConfigured() {
	}

}
