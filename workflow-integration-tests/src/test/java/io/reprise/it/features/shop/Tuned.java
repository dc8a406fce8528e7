package io.reprise.it.features.shop;

import io.reprise.Activity;
import io.reprise.ActivityOptions;

/**
 * An activity type with options of its own.
 */
@Activity
@ActivityOptions(startToCloseTimeout = "14s")
public class Tuned {

	@ActivityOptions(startToCloseTimeout = "13s")
	public void tuned() {
	}

	public void plain() {
	}

}
