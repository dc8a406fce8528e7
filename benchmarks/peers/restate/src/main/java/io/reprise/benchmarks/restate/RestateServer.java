package io.reprise.benchmarks.restate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.reprise.benchmarks.Surroundings;

/**
 * The server: a single node that syncs its log before it acknowledges, as it does by
 * default. Properties: {@code restate.partitions}.
 */
final class RestateServer implements AutoCloseable {

	private static final String BINARY = "restate/package/bin/restate-server";

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final int PAUSE_MILLIS = 100;

	private static final String CONFIGURATION = """
			cluster-name = "benchmarks"
			node-name = "node"
			auto-provision = true
			disable-telemetry = true
			default-num-partitions = %s
			bind-address = "127.0.0.1:%d"
			log-filter = "warn"

			[admin]
			bind-address = "127.0.0.1:%d"

			[ingress]
			bind-address = "127.0.0.1:%d"

			[log-server]
			rocksdb-disable-wal-fsync = false
			""";

	private final Process process;

	private final int adminPort;

	private final int ingressPort;

	private final HttpClient http = HttpClient.newHttpClient();

	private RestateServer(Process process, int adminPort, int ingressPort) {
		this.process = process;
		this.adminPort = adminPort;
		this.ingressPort = ingressPort;
	}

	static RestateServer start(Surroundings surroundings) throws IOException, InterruptedException {
		Path binary = surroundings.target().resolve(BINARY).toAbsolutePath();
		if (!Files.isExecutable(binary)) {
			throw new IOException(
					"Expected the server of Restate at %s, but it could not be fetched".formatted(BINARY));
		}
		List<Integer> ports = freePorts(3);
		Path home = surroundings.home().toAbsolutePath();
		Files.createDirectories(home);
		Path configuration = home.resolve("restate.toml");
		Files.writeString(configuration, CONFIGURATION.formatted(surroundings.property("restate.partitions", "4"),
				ports.get(0), ports.get(1), ports.get(2)));
		Process process = new ProcessBuilder(binary.toString(), "--config-file", configuration.toString(), "--base-dir",
				home.resolve("data").toString())
			.redirectErrorStream(true)
			.redirectOutput(home.resolve("server.txt").toFile())
			.start();
		RestateServer server = new RestateServer(process, ports.get(1), ports.get(2));
		server.awaitHealth();
		return server;
	}

	/**
	 * Makes the server call a deployment.
	 * @param port where that listens
	 */
	void register(int port) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(admin("/deployments"))
			.header("content-type", "application/json")
			.POST(BodyPublishers.ofString("{\"uri\": \"http://127.0.0.1:%d\"}".formatted(port)))
			.build();
		HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
		if (response.statusCode() / 100 != 2) {
			throw new IOException("Expected the server of Restate to take the deployment, but it answered %d: %s"
				.formatted(response.statusCode(), response.body()));
		}
	}

	String ingress() {
		return "http://127.0.0.1:" + ingressPort;
	}

	long pid() {
		return process.pid();
	}

	@Override
	public void close() {
		process.destroy();
		try {
			if (!process.waitFor(PATIENCE.toSeconds() / 6, TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			process.destroyForcibly();
		}
	}

	private void awaitHealth() throws IOException, InterruptedException {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (!isHealthy()) {
			if (!process.isAlive() || System.nanoTime() > deadline) {
				close();
				throw new IOException("Expected the server of Restate to get ready, but it did not within " + PATIENCE);
			}
			Thread.sleep(PAUSE_MILLIS);
		}
	}

	private boolean isHealthy() throws InterruptedException {
		try {
			for (URI uri : List.of(admin("/health"), URI.create(ingress() + "/restate/health"))) {
				HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
				if (http.send(request, BodyHandlers.discarding()).statusCode() != 200) {
					return false;
				}
			}
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private URI admin(String path) {
		return URI.create("http://127.0.0.1:%d%s".formatted(adminPort, path));
	}

	private static List<Integer> freePorts(int count) throws IOException {
		List<ServerSocket> sockets = new ArrayList<>();
		List<Integer> ports = new ArrayList<>();
		try {
			for (int i = 0; i < count; i++) {
				ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				sockets.add(socket);
				ports.add(socket.getLocalPort());
			}
		}
		finally {
			for (ServerSocket socket : sockets) {
				socket.close();
			}
		}
		return ports;
	}

}
