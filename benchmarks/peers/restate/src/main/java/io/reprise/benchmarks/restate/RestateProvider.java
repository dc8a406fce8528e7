package io.reprise.benchmarks.restate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

import dev.restate.common.function.ThrowingBiFunction;
import dev.restate.sdk.Context;
import dev.restate.sdk.HandlerRunner;
import dev.restate.sdk.endpoint.Endpoint;
import dev.restate.sdk.endpoint.definition.HandlerDefinition;
import dev.restate.sdk.endpoint.definition.HandlerType;
import dev.restate.sdk.endpoint.definition.ServiceDefinition;
import dev.restate.sdk.endpoint.definition.ServiceType;
import dev.restate.sdk.http.vertx.RestateHttpServer;
import dev.restate.serde.SerdeFactory;
import io.reprise.benchmarks.SleepLog;
import io.reprise.benchmarks.Surroundings;
import io.reprise.benchmarks.SystemProvider;
import io.reprise.benchmarks.SystemUnderTest;

/**
 * Starts the server of Restate, and in this JVM the handlers that it calls. Steps are in
 * the handler, which is the quickest way it offers. The handlers are declared by hand,
 * which does what the annotations' processor would, without it.
 */
public final class RestateProvider implements SystemProvider {

	private static final HandlerRunner.Options VIRTUAL_THREADS = HandlerRunner.Options
		.withExecutor(Executors.newVirtualThreadPerTaskExecutor());

	@Override
	public SystemUnderTest start(Surroundings surroundings) throws Exception {
		RestateServer server = RestateServer.start(surroundings);
		try {
			server.register(RestateHttpServer.listen(Endpoint.bind(service()), 0));
			return new RestateSystem(server);
		}
		catch (Exception ex) {
			server.close();
			throw ex;
		}
	}

	private static ServiceDefinition service() {
		return ServiceDefinition.of(Call.SERVICE, ServiceType.SERVICE,
				List.of(handler(Call.PASS, RestateProvider::pass), handler(Call.SLEEP, RestateProvider::sleep)));
	}

	private static HandlerDefinition<?, ?> handler(String name, ThrowingBiFunction<Context, String, String> code) {
		return HandlerDefinition.of(name, HandlerType.SHARED, Call.TEXT, Call.TEXT,
				HandlerRunner.of(code, SerdeFactory.NOOP, VIRTUAL_THREADS));
	}

	private static String pass(Context context, String input) {
		Call call = Call.parse(input);
		String last = call.text();
		for (int i = 0; i < call.number(); i++) {
			String text = last;
			last = context.run("pass", Call.TEXT, () -> text);
		}
		return last;
	}

	private static String sleep(Context context, String input) {
		Call call = Call.parse(input);
		SleepLog.current().calls(call.text());
		context.sleep(Duration.ofMillis(call.number()));
		SleepLog.current().wakes(call.text());
		return call.text();
	}

}
