package io.reprise.it.proof;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowException;
import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.engine.Engine;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.spi.PayloadConverter;

/**
 * What a node does for clients. What it answers with ok must never be lost.
 *
 * @param engine its engine
 * @param client its client
 */
record Operations(Engine engine, WorkflowClient client) {

	private static final PayloadConverter converter = JacksonPayloadConverter.withDefaults();

	/**
	 * Carries out a request.
	 * @param request operation and arguments, with spaces between
	 * @return the answer, with {@code ok} or {@code no} before it
	 */
	String answer(String request) {
		try {
			return "ok " + carryOut(request.split(" "));
		}
		catch (WorkflowException ex) {
			return "no " + ex.code();
		}
	}

	private String carryOut(String[] request) {
		return switch (request[0]) {
			case "start" -> {
				StartOptions options = StartOptions.withId(request[1]).requestId("start-" + request[1]);
				int legs = Integer.parseInt(request[2]);
				yield client.start(Voyage.class, (w) -> w.run(request[1], legs), options).runId();
			}
			case "detour" ->
				client
					.start("Detour", StartOptions.withId(request[1]).requestId("start-" + request[1]), request[1],
							Integer.parseInt(request[2]))
					.runId();
			case "cancel" -> {
				client.handle(Voyage.class, request[1]).cancel();
				yield request[1];
			}
			case "tell" -> tell(request[1], request[2]);
			case "heard" -> String.join(",", client.handle(Voyage.class, request[1]).query(Voyage::heard));
			case "fenced" -> String.valueOf(engine.health().fencedWrites());
			default -> throw new IllegalArgumentException("Expected an operation, but it is " + request[0]);
		};
	}

	/** With a request id of the sender's, as remote clients will have it. */
	private String tell(String workflowId, String news) {
		CommandResult result = engine
			.submit(new Command.SignalWorkflow(new ExecutionKey(ExecutionKey.DEFAULT_NAMESPACE, workflowId, ""), "tell",
					converter.toArguments(new Object[] { news }), news))
			.join();
		return switch (result) {
			case CommandResult.Accepted accepted -> accepted.key().runId();
			case CommandResult.Duplicate duplicate -> duplicate.key().runId();
			case CommandResult.Rejected rejected -> throw new WorkflowException(rejected.code(), rejected.message());
			case CommandResult.Stale stale -> throw new IllegalStateException("Expected an answer, but it is " + stale);
		};
	}

}
