package io.reprise.definition;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.reprise.ActivitySettings;
import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.definition.HandlerMethod.Kind;
import io.reprise.replay.WorkflowCalls;
import io.reprise.replay.WorkflowCode;
import io.reprise.spi.PayloadConverter;
import org.jspecify.annotations.Nullable;

/**
 * A workflow type that runs in this application.
 */
public final class WorkflowDefinition implements WorkflowCode {

	private final ClientType clientType;

	private final Class<?> declaredType;

	private final ActivityStubs stubs;

	private final FailurePolicy failures;

	private final List<InjectionPoint> injectionPoints;

	private final MethodHandle constructor;

	/** Stubs hold no state, so all runs share them. */
	private final @Nullable Object[] constructorArguments;

	private final List<FieldStub> fieldStubs;

	private final Handler run;

	private final Map<String, Handler> queries = new TreeMap<>();

	private final Map<String, Handler> signals = new TreeMap<>();

	private final Map<String, Handler> updates = new TreeMap<>();

	private final Map<String, Handler> validators = new TreeMap<>();

	/** Take what has no handler of its own. */
	private final Map<Kind, Handler> dynamic = new EnumMap<>(Kind.class);

	private final PayloadConverter converter;

	WorkflowDefinition(WorkflowBlueprint blueprint, ActivityStubs stubs, PayloadConverter converter,
			FailurePolicy failures) {
		clientType = blueprint.clientType();
		declaredType = blueprint.declaredType();
		this.stubs = stubs;
		this.failures = failures;
		this.converter = converter;
		constructor = Invoker.constructor(blueprint.constructor());
		constructorArguments = blueprint.parameters().stream().map(this::stub).toArray();
		fieldStubs = new ArrayList<>();
		blueprint.fields().forEach((field, point) -> fieldStubs.add(new FieldStub(Invoker.setter(field), stub(point))));
		injectionPoints = new ArrayList<>(blueprint.parameters());
		injectionPoints.addAll(blueprint.fields().values());
		run = new HandlerCode(clientType.run(), converter);
		for (HandlerMethod handler : clientType.handlers()) {
			HandlerCode code = new HandlerCode(handler, converter);
			if (handler.dynamic()) {
				dynamic.put(handler.kind(), code);
				continue;
			}
			switch (handler.kind()) {
				case RUN -> {
					// Has a place of its own
				}
				case QUERY -> queries.put(handler.name(), code);
				case SIGNAL -> signals.put(handler.name(), code);
				case UPDATE -> updates.put(handler.name(), code);
				case VALIDATOR -> validators.put(handler.name(), code);
			}
		}
	}

	@Override
	public String workflowType() {
		return clientType.workflowType();
	}

	/**
	 * The annotated class or interface.
	 * @return the type, which the implementation extends unless it is the same
	 */
	public Class<?> declaredType() {
		return declaredType;
	}

	/**
	 * The class that instances are made of.
	 * @return the class
	 */
	public Class<?> implementation() {
		return clientType.type();
	}

	/**
	 * What the result is read as.
	 * @return the type; {@link Void} for {@code void}
	 */
	public Type resultType() {
		return clientType.resultType();
	}

	/**
	 * Names of all signals, those of the implementation alone included.
	 * @return the names in alphabetical order
	 */
	public Set<String> signals() {
		return Collections.unmodifiableSet(signals.keySet());
	}

	/**
	 * Names of all queries, those of the implementation alone included.
	 * @return the names in alphabetical order
	 */
	public Set<String> queries() {
		return Collections.unmodifiableSet(queries.keySet());
	}

	@Override
	public Object newInstance() throws Throwable {
		Object instance = (Object) constructor.invokeExact(constructorArguments);
		for (FieldStub field : fieldStubs) {
			field.setter().invokeExact(instance, field.stub());
		}
		return instance;
	}

	@Override
	public Handler run() {
		return run;
	}

	@Override
	public @Nullable Handler signal(String name) {
		return handler(Kind.SIGNAL, signals, name);
	}

	@Override
	public @Nullable Handler query(String name) {
		return handler(Kind.QUERY, queries, name);
	}

	@Override
	public @Nullable Handler update(String name) {
		return handler(Kind.UPDATE, updates, name);
	}

	@Override
	public @Nullable Handler validator(String name) {
		return validators.get(name);
	}

	/**
	 * Whether there is a handler for signals that have none of their own.
	 * @return {@code true} if any name is taken
	 */
	public boolean takesAnySignal() {
		return dynamic.containsKey(Kind.SIGNAL);
	}

	private @Nullable Handler handler(Kind kind, Map<String, Handler> handlers, String name) {
		Handler own = handlers.get(name);
		Handler other = (own == null) ? dynamic.get(kind) : null;
		return (other != null) ? new DynamicHandlerCode(other, name, converter) : own;
	}

	@Override
	public <W> RunCall runCall(Class<W> type, Consumer<W> call) {
		RecordedCall recorded = RecordedCalls.record(type, call);
		if (recorded.handler().kind() != HandlerMethod.Kind.RUN) {
			throw new WorkflowException(ErrorCode.INVALID_RECORDED_CALL,
					"Expected a call of the @Workflow.Run method of %s, but it is a call of '%s'. Go on with the run method"
						.formatted(type.getSimpleName(), recorded.method().getName()));
		}
		return new RunCall(ClientType.of(type).workflowType(), recorded.args());
	}

	@Override
	public boolean isBug(Throwable failure) {
		return failures.isBug(failure);
	}

	@Override
	public <T> T activityStub(Class<T> type, ActivitySettings settings) {
		return stubs.stub(type, settings);
	}

	@Override
	public WorkflowCalls calls() {
		return NeighbourCalls.INSTANCE;
	}

	List<InjectionPoint> injectionPoints() {
		return injectionPoints;
	}

	private Object stub(InjectionPoint point) {
		return stubs.stub(point.type(), point.settings());
	}

	@Override
	public String toString() {
		return "workflow " + workflowType() + " (" + implementation().getName() + ")";
	}

	private record FieldStub(MethodHandle setter, Object stub) {

	}

}
