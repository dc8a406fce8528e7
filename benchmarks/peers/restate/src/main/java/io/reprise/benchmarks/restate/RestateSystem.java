package io.reprise.benchmarks.restate;

import java.time.Duration;
import java.util.List;

import dev.restate.client.Client;
import dev.restate.client.SendResponse;
import dev.restate.common.Request;
import dev.restate.common.RequestBuilder;
import dev.restate.common.Target;
import io.reprise.benchmarks.SystemUnderTest;

/**
 * Restate, called over its ingress. The handlers end with this JVM.
 */
final class RestateSystem implements SystemUnderTest {

	private static final String TEXT = "order-456";

	private static final Target PASS = Target.service(Call.SERVICE, Call.PASS);

	private static final Target SLEEP = Target.service(Call.SERVICE, Call.SLEEP);

	private final RestateServer server;

	private final Client client;

	RestateSystem(RestateServer server) {
		this.server = server;
		this.client = Client.connect(server.ingress());
	}

	@Override
	public String name() {
		return "restate";
	}

	/** Without an idempotency key, which is quicker than the others' workflow id. */
	@Override
	public void run(String id, int activities) {
		check(client.call(request(PASS, new Call(activities, TEXT))).response());
	}

	@Override
	public Started start(String id, int activities) {
		// Only what has a key can be waited for.
		SendResponse<String> sent = client.send(request(PASS, new Call(activities, TEXT)).idempotencyKey(id).build());
		return () -> check(sent.attach().response());
	}

	@Override
	public void startSleeper(String id, Duration time) {
		client.send(request(SLEEP, new Call(time.toMillis(), id)));
	}

	@Override
	public List<Long> processes() {
		return List.of(server.pid());
	}

	@Override
	public void close() {
		server.close();
	}

	private static RequestBuilder<String, String> request(Target target, Call call) {
		return Request.of(target, Call.TEXT, Call.TEXT, call.toString());
	}

	private static void check(String result) {
		if (!TEXT.equals(result)) {
			throw new IllegalStateException("Expected the result %s, but it is %s".formatted(TEXT, result));
		}
	}

}
