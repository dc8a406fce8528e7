package io.reprise.testkit.app;

import io.reprise.Activity;

/**
 * Mails as workflows send them.
 */
@Activity
public interface Mails {

	String send(String text);

}
