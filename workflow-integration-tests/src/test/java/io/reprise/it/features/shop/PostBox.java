package io.reprise.it.features.shop;

import org.springframework.stereotype.Component;

/**
 * Keeps the mails for the tests to read.
 */
@Component
class PostBox implements Mailer {

	private final Probe probe;

	PostBox(Probe probe) {
		this.probe = probe;
	}

	@Override
	public String send(String to, String subject) {
		probe.note("mail to " + to, subject);
		return "sent '" + subject + "'";
	}

}
