package io.reprise.definition.scan;

import java.util.UUID;

import io.reprise.Activity;

@Activity
class Mailer {

	static String subject() {
		return UUID.randomUUID().toString();
	}

}
