package io.reprise.it.transactions;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import io.reprise.it.PostgresServer;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;

/** The application on one database, started when the first test asks for it. */
final class RunningApplication implements AutoCloseable {

	private final Supplier<String> url;

	private @Nullable ConfigurableApplicationContext context;

	RunningApplication(Supplier<String> url) {
		this.url = url;
	}

	static String h2() {
		Path file = Path.of("target", "h2", "transactions-" + UUID.randomUUID()).toAbsolutePath();
		return "jdbc:h2:file:" + file + ";DB_CLOSE_ON_EXIT=FALSE";
	}

	static String postgres() {
		return PostgresServer.createDatabase(TransactionSuite.class);
	}

	ConfigurableApplicationContext context() {
		if (context == null) {
			context = OrderApplication.start(url.get(), Map.of());
		}
		return context;
	}

	@Override
	public void close() {
		if (context != null) {
			context.close();
		}
	}

}
