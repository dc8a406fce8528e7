package io.reprise.it.features.vault;

import io.reprise.Activities;
import io.reprise.Activity;
import io.reprise.ActivityOptions;
import io.reprise.ApplicationFailure;

/**
 * Reads documents.
 */
@Activity
public class Scanner {

	/** The bytes of a document, each raised by one. */
	public byte[] scan(byte[] document, Amount fee) {
		Activities.heartbeat("secret progress");
		byte[] scanned = document.clone();
		for (int i = 0; i < scanned.length; i++) {
			scanned[i]++;
		}
		return scanned;
	}

	@ActivityOptions(maximumAttempts = 1)
	public void refuse(String name) {
		throw ApplicationFailure.nonRetryable("Refused", "secret reason of " + name).withDetails("secret details");
	}

}
