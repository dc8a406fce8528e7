package io.reprise.it.refused.rivals;

import io.reprise.Activity;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;

/** Two beans for one activity. */
@SpringBootApplication
public class Rivals {

	@Activity("Mail")
	interface Mail {

		void send(String to);

	}

	@Component
	static class Post implements Mail {

		@Override
		public void send(String to) {
			// Only its name matters
		}

	}

	@Component
	static class Pigeon implements Mail {

		@Override
		public void send(String to) {
			// Only its name matters
		}

	}

}
