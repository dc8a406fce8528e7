package io.reprise.testkit.app;

import org.springframework.stereotype.Component;

/**
 * What a test of workflows does not want to reach.
 */
@Component
public class MailServer {

	public String send(String text) {
		return "sent: " + text;
	}

}
