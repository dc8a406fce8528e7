package io.reprise.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.text.ParseException;

import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Records the measured time of a cell with the JDK's Flight Recorder, or does nothing.
 */
final class Profile {

	private final @Nullable Path file;

	private final @Nullable Recording primer;

	private @Nullable Recording recording;

	private Profile(@Nullable Path file, @Nullable Recording primer) {
		this.file = file;
		this.primer = primer;
	}

	static Profile none() {
		return new Profile(null, null);
	}

	/**
	 * A profile of the measured time alone. Recording begins at once, though: the
	 * recorder changes classes when it starts, and books everything that a thread ever
	 * allocated on its first sample.
	 */
	static Profile to(Path file) throws IOException, ParseException {
		return new Profile(file, record());
	}

	void start(PostgresServer server) throws IOException, ParseException, SQLException {
		if (primer != null) {
			server.resetStatements();
			recording = record();
			primer.close();
		}
	}

	void stop() throws IOException {
		Recording running = recording;
		if (running != null) {
			running.stop();
			running.dump(file);
			running.close();
		}
	}

	private static Recording record() throws IOException, ParseException {
		Recording recording = new Recording(Configuration.getConfiguration("profile"));
		// Samples by CPU time, native code included, from JDK 25 on.
		recording.enable("jdk.CPUTimeSample").with("throttle", "5ms");
		recording.enable("jdk.ObjectAllocationSample").with("throttle", "1000/s");
		recording.start();
		return recording;
	}

}
