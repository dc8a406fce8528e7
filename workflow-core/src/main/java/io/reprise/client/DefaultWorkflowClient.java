package io.reprise.client;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

import io.reprise.ErrorCode;
import io.reprise.IdConflictPolicy;
import io.reprise.StartOptions;
import io.reprise.UpdateHandle;
import io.reprise.UpdateOptions;
import io.reprise.WorkflowAlreadyStartedException;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowException;
import io.reprise.WorkflowHandle;
import io.reprise.WorkflowPage;
import io.reprise.WorkflowRef;
import io.reprise.WorkflowUpdateException;
import io.reprise.convert.FailureConverter;
import io.reprise.definition.ClientType;
import io.reprise.definition.HandlerMethod;
import io.reprise.definition.RecordedCall;
import io.reprise.definition.RecordedCalls;
import io.reprise.protocol.Command;
import io.reprise.protocol.CommandResult;
import io.reprise.protocol.ExecutionKey;
import io.reprise.protocol.Payload;
import io.reprise.spi.IdSource;
import io.reprise.spi.PayloadConverter;
import io.reprise.spi.RunPage;
import org.jspecify.annotations.Nullable;

/**
 * The client: turns calls into commands, and answers into values.
 */
public final class DefaultWorkflowClient implements WorkflowClient {

	private static final int DEFAULT_PAGE_SIZE = 100;

	private static final int LARGEST_PAGE = 1_000;

	private static final int UPDATE_ATTEMPTS = 3;

	private final WorkflowGateway gateway;

	private final KnownTypes types;

	private final PayloadConverter converter;

	private final FailureConverter failures;

	private final IdSource ids;

	private final String namespace;

	private final UpdateSender updates = new UpdateSender(this);

	/**
	 * Makes a client.
	 * @param gateway what it talks to
	 * @param types what is known here of workflow types, for early refusals
	 * @param converter writes and reads values
	 * @param failures reads failures
	 * @param ids makes run and request ids
	 * @param namespace the namespace of all its workflows
	 */
	public DefaultWorkflowClient(WorkflowGateway gateway, KnownTypes types, PayloadConverter converter,
			FailureConverter failures, IdSource ids, String namespace) {
		this.gateway = gateway;
		this.types = types;
		this.converter = converter;
		this.failures = failures;
		this.ids = ids;
		this.namespace = namespace;
	}

	@Override
	public <W, R> WorkflowHandle<W, R> start(Class<W> type, Function<W, R> call, StartOptions options) {
		return startTyped(type, call::apply, options);
	}

	@Override
	public <W> WorkflowHandle<W, Void> startVoid(Class<W> type, Consumer<W> call, StartOptions options) {
		return startTyped(type, call, options);
	}

	@Override
	public <W, R> @Nullable R execute(Class<W> type, Function<W, R> call, StartOptions options) {
		requireCommit(type, options);
		return start(type, call, options).result();
	}

	@Override
	public <W> void executeVoid(Class<W> type, Consumer<W> call, StartOptions options) {
		requireCommit(type, options);
		startVoid(type, call, options).result();
	}

	private void requireCommit(Class<?> type, StartOptions options) {
		if (!options.isIndependent()) {
			gateway.requireCommit(type.getSimpleName());
		}
	}

	private <W, R> WorkflowHandle<W, R> startTyped(Class<W> type, Consumer<W> call, StartOptions options) {
		return new TypedHandle<>(this, start(type, call, options, null), ClientType.of(type), false, true);
	}

	@Override
	public <W, R> WorkflowHandle<W, R> signalWithStart(Class<W> type, Function<W, R> start, Consumer<W> signal,
			StartOptions options) {
		return signalTyped(type, start::apply, signal, options);
	}

	@Override
	public <W> WorkflowHandle<W, Void> signalWithStartVoid(Class<W> type, Consumer<W> start, Consumer<W> signal,
			StartOptions options) {
		return signalTyped(type, start, signal, options);
	}

	private <W, R> WorkflowHandle<W, R> signalTyped(Class<W> type, Consumer<W> start, Consumer<W> signal,
			StartOptions options) {
		ClientType clientType = ClientType.of(type);
		RecordedCall call = RecordedCalls.record(type, signal);
		HandlerMethod handler = TypedHandle.requireKind(clientType, call, HandlerMethod.Kind.SIGNAL,
				"@Workflow.Signal");
		Payload arguments = converter.toArguments(call.args());
		return new TypedHandle<>(this,
				start(type, start, withExisting(options),
						(key, requestId) -> new Command.SignalWorkflow(key, handler.name(), arguments, requestId)),
				clientType, false, true);
	}

	@Override
	public <W, U> UpdateHandle<U> updateWithStart(Class<W> type, Consumer<W> start, Function<W, U> update,
			StartOptions options, UpdateOptions updateOptions) {
		return updateTyped(type, start, update::apply, options, updateOptions);
	}

	@Override
	public <W> UpdateHandle<Void> updateWithStartVoid(Class<W> type, Consumer<W> start, Consumer<W> update,
			StartOptions options, UpdateOptions updateOptions) {
		return updateTyped(type, start, update, options, updateOptions);
	}

	private <W, U> UpdateHandle<U> updateTyped(Class<W> type, Consumer<W> start, Consumer<W> update,
			StartOptions options, UpdateOptions updateOptions) {
		requireCommit(type, options);
		ClientType clientType = ClientType.of(type);
		RecordedCall call = RecordedCalls.record(type, update);
		HandlerMethod handler = TypedHandle.requireKind(clientType, call, HandlerMethod.Kind.UPDATE,
				"@Workflow.Update");
		Payload arguments = converter.toArguments(call.args());
		String updateId = (updateOptions.updateId() != null) ? updateOptions.updateId() : ids.next();
		for (int attempt = 1;; attempt++) {
			ExecutionKey run = start(type, start, withExisting(options),
					(key, requestId) -> new Command.UpdateWorkflow(key, updateId, handler.name(), arguments));
			try {
				return updates.start(new Command.UpdateWorkflow(run, updateId, handler.name(), arguments),
						updateOptions.timeout(), options.isIndependent(), handler.resultType());
			}
			catch (WorkflowUpdateException ex) {
				// The run that was there may have ended since
				if (ex.code() != ErrorCode.WORKFLOW_CLOSED || attempt == UPDATE_ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	private static StartOptions withExisting(StartOptions options) {
		return (options.idConflictPolicy() == IdConflictPolicy.FAIL) ? options.onRunning(IdConflictPolicy.USE_EXISTING)
				: options;
	}

	private <W> ExecutionKey start(Class<W> type, Consumer<W> call, StartOptions options,
			@Nullable BiFunction<ExecutionKey, String, Command> message) {
		ClientType clientType = ClientType.of(type);
		RecordedCall recorded = RecordedCalls.record(type, call);
		HandlerMethod handler = recorded.handler();
		if (handler.kind() != HandlerMethod.Kind.RUN) {
			throw new WorkflowException(ErrorCode.INVALID_RECORDED_CALL,
					"Expected a call of the @Workflow.Run method of %s, but it is a call of '%s'. Start with the run method; signal and query with the handle"
						.formatted(type.getSimpleName(), recorded.method().getName()));
		}
		return start(clientType.workflowType(), options, converter.toArguments(recorded.args()), message);
	}

	@Override
	public WorkflowRef start(String type, StartOptions options, @Nullable Object... args) {
		types.requireWorkflow(type);
		return new UntypedRef(this, start(type, options, converter.toArguments(args), null), false, true);
	}

	private ExecutionKey start(String workflowType, StartOptions options, Payload arguments,
			@Nullable BiFunction<ExecutionKey, String, Command> message) {
		String runId = ids.next();
		String workflowId = options.workflowId();
		if (workflowId != null && workflowId.isBlank()) {
			throw new WorkflowException(ErrorCode.INVALID_ARGUMENT,
					"Expected a workflow id, but it is blank. Leave it out for a random one");
		}
		ExecutionKey key = new ExecutionKey(namespace, (workflowId != null) ? workflowId : runId, runId);
		String requestId = (options.requestId() != null) ? options.requestId() : runId;
		Command start = new Command.StartWorkflow(key, workflowType, options.taskQueue(), arguments, requestId,
				options.idReusePolicy(), options.idConflictPolicy(), options.lifetime(),
				(message != null) ? message.apply(key, requestId) : null);
		CommandResult result = options.isIndependent() ? gateway.submitIndependently(start) : gateway.submit(start);
		return switch (result) {
			case CommandResult.Accepted accepted -> accepted.key();
			case CommandResult.Duplicate duplicate -> duplicate.key();
			case CommandResult.Rejected rejected when rejected.code() == ErrorCode.WORKFLOW_ALREADY_STARTED ->
				throw new WorkflowAlreadyStartedException(rejected.message(), key.workflowId(),
						gateway.resolve(new ExecutionKey(namespace, key.workflowId(), "")).runId());
			case CommandResult.Rejected rejected -> throw new WorkflowException(rejected.code(), rejected.message());
			case CommandResult.Stale stale ->
				throw new IllegalStateException("Expected an answer to the start of " + key);
		};
	}

	@Override
	public <W> WorkflowHandle<W, Object> handle(Class<W> type, String workflowId) {
		return new TypedHandle<>(this, new ExecutionKey(namespace, workflowId, ""), ClientType.of(type), false, true);
	}

	@Override
	public WorkflowRef handle(String workflowId) {
		return handle(workflowId, "");
	}

	@Override
	public WorkflowRef handle(String workflowId, String runId) {
		return new UntypedRef(this, new ExecutionKey(namespace, workflowId, runId), false, runId.isEmpty());
	}

	@Override
	public WorkflowPage list(String filter) {
		return list(filter, DEFAULT_PAGE_SIZE, null);
	}

	@Override
	public WorkflowPage list(String filter, int pageSize, @Nullable String pageToken) {
		if (pageSize < 1 || pageSize > LARGEST_PAGE) {
			throw new WorkflowException(ErrorCode.INVALID_ARGUMENT,
					"Expected a page size of 1 to %d, but it is %d".formatted(LARGEST_PAGE, pageSize));
		}
		RunPage page = gateway.list(FilterParser.parse(namespace, filter, pageSize, pageToken));
		return new WorkflowPage(page.runs().stream().map(Descriptions::summary).toList(), page.nextPageToken());
	}

	UpdateSender updates() {
		return updates;
	}

	WorkflowGateway gateway() {
		return gateway;
	}

	KnownTypes types() {
		return types;
	}

	PayloadConverter converter() {
		return converter;
	}

	FailureConverter failures() {
		return failures;
	}

	IdSource ids() {
		return ids;
	}

}
