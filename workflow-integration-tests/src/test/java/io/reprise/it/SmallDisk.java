package io.reprise.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A file system of some megabytes in memory, which can be filled to its last byte. It is
 * mounted in a namespace of its own, so neither rights nor a clean-up are needed: it goes
 * with the process that holds it, which goes with this JVM. Linux with user namespaces
 * only.
 */
public final class SmallDisk implements AutoCloseable {

	private final Process holder;

	private final Path directory;

	private SmallDisk(Process holder, Path directory) {
		this.holder = holder;
		this.directory = directory;
	}

	/**
	 * Mounts a disk.
	 * @param megabytes its size
	 * @return the disk, or nothing where the machine does not allow it
	 */
	public static Optional<SmallDisk> mount(int megabytes) {
		try {
			Path directory = Files.createDirectories(Path.of("target", "disk-" + UUID.randomUUID()).toAbsolutePath());
			String script = "mount -t tmpfs -o size=%dm,mode=0777 tmpfs '%s' && echo mounted && exec cat"
				.formatted(megabytes, directory);
			Process holder = new ProcessBuilder("unshare", "-Urm", "sh", "-c", script).redirectErrorStream(true)
				.start();
			BufferedReader output = holder.inputReader();
			if ("mounted".equals(output.readLine())) {
				return Optional.of(new SmallDisk(holder, directory));
			}
			holder.destroyForcibly();
			return Optional.empty();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	/** Where it is for processes that have entered. */
	Path directory() {
		return directory;
	}

	/** How a command begins that is to see the disk. */
	List<String> enter() {
		return List.of("nsenter", "-t", String.valueOf(holder.pid()), "-U", "-m", "--preserve-credentials");
	}

	/**
	 * Takes what space is left.
	 * @return the number of bytes that were free
	 */
	public long fill() {
		byte[] zeros = new byte[4096];
		long written = 0;
		try (OutputStream output = Files.newOutputStream(filler(), StandardOpenOption.CREATE,
				StandardOpenOption.APPEND)) {
			while (true) {
				output.write(zeros);
				written += zeros.length;
			}
		}
		catch (IOException ex) {
			return written;
		}
	}

	/** Gives the space back. */
	public void free() {
		try {
			Files.deleteIfExists(filler());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Expected to free the disk", ex);
		}
	}

	private Path filler() {
		return Path.of("/proc/" + holder.pid() + "/root" + directory, "filler");
	}

	@Override
	public void close() {
		holder.destroyForcibly();
		try {
			holder.waitFor(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
