package io.reprise.it.proof;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Nodes on one database, and clients that keep them busy. A client starts a workflow,
 * tells it this and that, reads what it has heard, and goes on to the next; what gets no
 * answer it asks again, under the same request id, of whatever node is there.
 */
final class Fleet implements AutoCloseable {

	private static final Duration ANSWER = Duration.ofSeconds(4);

	private static final Duration PAUSE = Duration.ofMillis(20);

	private final List<Node> nodes = new CopyOnWriteArrayList<>();

	private final AckLog log = new AckLog();

	private final List<String> violations = new CopyOnWriteArrayList<>();

	private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

	private final CountDownLatch end = new CountDownLatch(1);

	private volatile boolean closed;

	private final AtomicInteger running = new AtomicInteger();

	private final LongAdder attempts = new LongAdder();

	/** One of so many workflows is cancelled, or none if zero. */
	private volatile int cancelEvery;

	void cancelEvery(int workflows) {
		cancelEvery = workflows;
	}

	void add(Node node) {
		nodes.add(node);
	}

	void remove(Node node) {
		nodes.remove(node);
	}

	AckLog log() {
		return log;
	}

	/** What a client saw that must not be. */
	List<String> violations() {
		return violations;
	}

	/**
	 * Starts clients.
	 * @param count how many
	 * @param seed decides what they do
	 */
	void startClients(int count, long seed) {
		for (int i = 0; i < count; i++) {
			int client = i;
			running.incrementAndGet();
			clients.execute(() -> {
				try {
					runClient(client, new Random(seed * 31 + client));
				}
				finally {
					running.decrementAndGet();
				}
			});
		}
	}

	/** Lets the clients end what they are at, which they can only if a node answers. */
	void stopClients() throws InterruptedException {
		end.countDown();
		clients.shutdown();
		if (!clients.awaitTermination(60, TimeUnit.SECONDS)) {
			violations.add(running.get() + " clients got no answer within 60 s");
		}
	}

	private void runClient(int client, Random random) {
		for (int voyage = 0; end.getCount() > 0; voyage++) {
			String id = "voyage-%d-%d".formatted(client, voyage);
			log.started(id, ask("start %s %d".formatted(id, 4 + random.nextInt(10))));
			int count = random.nextInt(5);
			for (int i = 0; i < count; i++) {
				pause(Duration.ofMillis(random.nextInt(60)));
				tell(id, id + "/" + i);
			}
			if (cancelEvery > 0 && random.nextInt(cancelEvery) == 0) {
				log.cancelled(id);
				ask("cancel " + id);
			}
		}
	}

	/** Tells a workflow that others have started, without asking what it has heard. */
	void tellLater(String id, String news) {
		clients.execute(() -> {
			if (!ask("tell " + id + " " + news).equals("WORKFLOW_CLOSED")) {
				log.told(id, news);
			}
		});
	}

	/** Tells a workflow by way of a certain node, which may answer late or never. */
	void tellBy(Node node, String id, String news) {
		node.request("tell " + id + " " + news).thenAccept((answer) -> {
			if (answer.startsWith("ok ")) {
				log.told(id, news);
			}
		});
	}

	private void tell(String id, String news) {
		String answer = ask("tell " + id + " " + news);
		if (answer.equals("WORKFLOW_CLOSED")) {
			return;
		}
		log.told(id, news);
		// Others may tell it more while it is asked
		List<String> toHear = List.copyOf(log.signals(id));
		List<String> heard = List.of(ask("heard " + id).split(","));
		log.read();
		toHear.stream()
			.filter((each) -> !heard.contains(each))
			.forEach((each) -> violations.add("%s was acknowledged, but a later query says %s".formatted(each, heard)));
	}

	/** Asks until there is an answer that counts. */
	private String ask(String request) {
		while (!closed) {
			String answer = tryToAsk(request);
			if (answer.startsWith("ok ")) {
				return answer.substring(3);
			}
			if (answer.equals("no WORKFLOW_CLOSED")) {
				return answer.substring(3);
			}
			if (!answer.isEmpty() && !answer.matches("no (STORE_UNAVAILABLE|ENGINE_NOT_RUNNING|QUERY_FAILED)")) {
				violations.add(request + ": " + answer);
			}
			pause(PAUSE);
		}
		throw new CancellationException("The proof is over");
	}

	/** Requests that were sent, whether answered or not. */
	long attempts() {
		return attempts.sum();
	}

	private String tryToAsk(String request) {
		List<Node> able = nodes.stream().filter(Node::isReady).toList();
		if (able.isEmpty()) {
			return "";
		}
		attempts.increment();
		Node node = able.get(ThreadLocalRandom.current().nextInt(able.size()));
		try {
			return node.request(request).get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "";
		}
		catch (ExecutionException | TimeoutException ex) {
			return "";
		}
	}

	private static void pause(Duration duration) {
		try {
			new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Asks a node for its number of writes that the store rejected. */
	static long fencedWrites(Node node) {
		String answer = node.request("fenced").orTimeout(10, TimeUnit.SECONDS).join();
		return Long.parseLong(answer.substring(3));
	}

	@Override
	public void close() {
		closed = true;
		end.countDown();
		clients.shutdownNow();
	}

}
