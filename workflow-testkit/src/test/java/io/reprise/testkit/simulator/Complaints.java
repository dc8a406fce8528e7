package io.reprise.testkit.simulator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * What the platform logs as an error is one.
 */
final class Complaints extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.reprise");

	private final World world;

	private final Level before = LOGGER.getLevel();

	Complaints(World world) {
		this.world = world;
		setContext(LOGGER.getLoggerContext());
		start();
		LOGGER.setLevel(Level.ERROR);
		LOGGER.setAdditive(false);
		LOGGER.addAppender(this);
	}

	@Override
	protected void append(ILoggingEvent event) {
		world.fail("Expected no errors to be logged, but found: " + event.getFormattedMessage()
				+ ((event.getThrowableProxy() != null)
						? " " + event.getThrowableProxy().getClassName() + ": " + event.getThrowableProxy().getMessage()
						: ""));
	}

	@Override
	public void close() {
		LOGGER.detachAppender(this);
		LOGGER.setAdditive(true);
		LOGGER.setLevel(before);
	}

}
