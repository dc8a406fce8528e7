package io.reprise.definition.scan;

import java.util.UUID;

import org.springframework.stereotype.Component;

@Component
class Bean {

	static String text() {
		return UUID.randomUUID().toString();
	}

}
