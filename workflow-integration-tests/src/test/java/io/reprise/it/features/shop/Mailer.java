package io.reprise.it.features.shop;

import io.reprise.Activity;

/**
 * Sends mails.
 */
@Activity("Mail")
public interface Mailer {

	String send(String to, String subject);

}
