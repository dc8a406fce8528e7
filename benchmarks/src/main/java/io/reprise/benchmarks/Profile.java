package io.reprise.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;

import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Records the measured time of a cell with the JDK's Flight Recorder, or does nothing.
 */
final class Profile {

	private final @Nullable Path file;

	private @Nullable Recording recording;

	private Profile(@Nullable Path file) {
		this.file = file;
	}

	static Profile none() {
		return new Profile(null);
	}

	static Profile to(Path file) {
		return new Profile(file);
	}

	void start() throws IOException, ParseException {
		if (file == null) {
			return;
		}
		Recording started = new Recording(Configuration.getConfiguration("profile"));
		// Samples by CPU time, native code included, from JDK 25 on.
		started.enable("jdk.CPUTimeSample").with("throttle", "5ms");
		started.enable("jdk.ObjectAllocationSample").with("throttle", "1000/s");
		started.enable("jdk.SocketRead").withThreshold(Duration.ZERO).withoutStackTrace();
		started.start();
		recording = started;
	}

	void stop() throws IOException {
		Recording running = recording;
		if (running != null) {
			running.stop();
			running.dump(file);
			running.close();
		}
	}

}
