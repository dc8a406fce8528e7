package io.reprise.definition.visibility;

import io.reprise.Activity;

/**
 * The compiler gives this class bridges to what its superclass does not let others see.
 */
@Activity
public class PublicActivity extends HiddenActivity {

	public String own() {
		return "own";
	}

}
