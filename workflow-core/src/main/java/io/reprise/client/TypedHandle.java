package io.reprise.client;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

import io.reprise.ErrorCode;
import io.reprise.UpdateHandle;
import io.reprise.UpdateOptions;
import io.reprise.WorkflowException;
import io.reprise.WorkflowHandle;
import io.reprise.definition.ClientType;
import io.reprise.definition.HandlerMethod;
import io.reprise.definition.RecordedCall;
import io.reprise.definition.RecordedCalls;
import io.reprise.protocol.ExecutionKey;
import org.jspecify.annotations.Nullable;

/**
 * A workflow reached by its id, whose class is known.
 */
final class TypedHandle<W, R> extends UntypedRef implements WorkflowHandle<W, R> {

	private final ClientType type;

	TypedHandle(DefaultWorkflowClient client, ExecutionKey key, ClientType type, boolean independent,
			boolean followsRuns) {
		super(client, key, independent, followsRuns);
		this.type = type;
	}

	@Override
	@SuppressWarnings("unchecked")
	public @Nullable R result() {
		return (R) awaitResult(type.resultType(), null);
	}

	@Override
	@SuppressWarnings("unchecked")
	public @Nullable R result(Duration timeout) {
		return (R) awaitResult(type.resultType(), timeout);
	}

	@Override
	@SuppressWarnings({ "unchecked", "NullAway" })
	public <Q> Q query(Function<W, Q> call) {
		RecordedCall recorded = record((W target) -> call.apply(target));
		HandlerMethod handler = handler(recorded, HandlerMethod.Kind.QUERY, "@Workflow.Query");
		Type resultType = handler.resultType();
		return (Q) query(handler.name(), resultType, recorded.args());
	}

	@Override
	public void signal(Consumer<W> call) {
		RecordedCall recorded = record(call);
		HandlerMethod handler = handler(recorded, HandlerMethod.Kind.SIGNAL, "@Workflow.Signal");
		send(handler.name(), client().converter().toArguments(recorded.args()));
	}

	@Override
	@SuppressWarnings("NullAway")
	public <U> U update(Function<W, U> call, UpdateOptions options) {
		return startUpdate(call, options).result();
	}

	@Override
	public void updateVoid(Consumer<W> call, UpdateOptions options) {
		sendUpdate(call, options).result();
	}

	@Override
	public <U> UpdateHandle<U> startUpdate(Function<W, U> call, UpdateOptions options) {
		return sendUpdate((W target) -> call.apply(target), options);
	}

	@Override
	public UpdateHandle<Void> startUpdateVoid(Consumer<W> call, UpdateOptions options) {
		return sendUpdate(call, options);
	}

	private <U> UpdateHandle<U> sendUpdate(Consumer<W> call, UpdateOptions options) {
		RecordedCall recorded = record(call);
		HandlerMethod handler = handler(recorded, HandlerMethod.Kind.UPDATE, "@Workflow.Update");
		return sendUpdate(handler.name(), handler.resultType(), recorded.args(), options);
	}

	@Override
	public WorkflowHandle<W, R> independent() {
		return new TypedHandle<>(client(), key(), type, true, followsRuns());
	}

	@SuppressWarnings("unchecked")
	private RecordedCall record(Consumer<W> call) {
		return RecordedCalls.record((Class<W>) type.type(), call);
	}

	private HandlerMethod handler(RecordedCall recorded, HandlerMethod.Kind kind, String annotation) {
		return requireKind(type, recorded, kind, annotation);
	}

	static HandlerMethod requireKind(ClientType type, RecordedCall recorded, HandlerMethod.Kind kind,
			String annotation) {
		HandlerMethod handler = recorded.handler();
		if (handler.kind() != kind || handler.dynamic()) {
			throw new WorkflowException(ErrorCode.INVALID_RECORDED_CALL,
					"Expected a call of a method of %s that is annotated with %s for one name, but '%s' is not. Reach dynamic handlers by name"
						.formatted(type.type().getSimpleName(), annotation, recorded.method().getName()));
		}
		return handler;
	}

}
