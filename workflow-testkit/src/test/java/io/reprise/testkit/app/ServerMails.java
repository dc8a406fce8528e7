package io.reprise.testkit.app;

import org.springframework.stereotype.Component;

/**
 * Sends mails with the server.
 */
@Component
public class ServerMails implements Mails {

	private final MailServer server;

	public ServerMails(MailServer server) {
		this.server = server;
	}

	@Override
	public String send(String text) {
		return server.send(text);
	}

}
