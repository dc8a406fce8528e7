package io.reprise.definition;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.definition.HandlerMethod.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A workflow type as clients see it: its name and what can be called, whether or not it
 * runs in this application.
 */
public final class ClientType {

	/** Worked out once for a type; holds nothing but what the type's loader holds. */
	private static final ClassValue<Described> TYPES = new ClassValue<>() {

		@Override
		protected Described computeValue(Class<?> type) {
			return describe(type);
		}

	};

	private final Class<?> type;

	private final String workflowType;

	private final HandlerMethod run;

	private final Map<String, HandlerMethod> queries;

	private final Map<String, HandlerMethod> signals;

	private final Map<String, HandlerMethod> updates;

	private final Map<String, HandlerMethod> validators;

	private final Map<Method, HandlerMethod> byMethod = new LinkedHashMap<>();

	private ClientType(Class<?> type, String workflowType, List<HandlerMethod> handlers) {
		this.type = type;
		this.workflowType = workflowType;
		run = handlers.stream().filter(handler -> handler.kind() == Kind.RUN).findFirst().orElseThrow();
		queries = byName(handlers, Kind.QUERY);
		signals = byName(handlers, Kind.SIGNAL);
		updates = byName(handlers, Kind.UPDATE);
		validators = byName(handlers, Kind.VALIDATOR);
		handlers.forEach(handler -> byMethod.put(handler.method(), handler));
	}

	/**
	 * Describes a workflow type.
	 * @param type a class or interface annotated with {@code @Workflow}, or a class that
	 * implements such an interface
	 * @return the description
	 * @throws DefinitionException if it breaks a rule
	 */
	public static ClientType of(Class<?> type) {
		Described described = TYPES.get(type);
		if (described.clientType() == null) {
			throw new DefinitionException(described.problems());
		}
		return described.clientType();
	}

	/**
	 * The type this was made for.
	 * @return a class or interface
	 */
	public Class<?> type() {
		return type;
	}

	/**
	 * Name of the workflow type.
	 * @return the name, as histories record it
	 */
	public String workflowType() {
		return workflowType;
	}

	/**
	 * What the result of the workflow is read as.
	 * @return the type; {@link Void} for {@code void}
	 */
	public Type resultType() {
		return run.resultType();
	}

	/**
	 * The workflow method.
	 * @return the method
	 */
	public HandlerMethod run() {
		return run;
	}

	/**
	 * Finds a query.
	 * @param name its name
	 * @return the query, empty if the type has none of this name
	 */
	public Optional<HandlerMethod> query(String name) {
		return Optional.ofNullable(queries.get(name));
	}

	/**
	 * Finds a signal.
	 * @param name its name
	 * @return the signal, empty if the type has none of this name
	 */
	public Optional<HandlerMethod> signal(String name) {
		return Optional.ofNullable(signals.get(name));
	}

	/**
	 * Finds an update.
	 * @param name its name
	 * @return the update, empty if the type has none of this name
	 */
	public Optional<HandlerMethod> update(String name) {
		return Optional.ofNullable(updates.get(name));
	}

	/**
	 * Finds what refuses an update.
	 * @param name name of the update
	 * @return the validator, empty if the update has none
	 */
	public Optional<HandlerMethod> validator(String name) {
		return Optional.ofNullable(validators.get(name));
	}

	/**
	 * Names of all queries.
	 * @return the names
	 */
	public Set<String> queries() {
		return queries.keySet();
	}

	/**
	 * Names of all signals.
	 * @return the names
	 */
	public Set<String> signals() {
		return signals.keySet();
	}

	/**
	 * The handler behind a method that was called on an instance of the type.
	 * @param method the method, perhaps one of a supertype
	 * @return its handler
	 * @throws WorkflowException with {@link ErrorCode#INVALID_RECORDED_CALL} if it is not
	 * a handler
	 */
	public HandlerMethod handler(Method method) {
		HandlerMethod handler = byMethod.get(method);
		return (handler != null) ? handler : bySignature(method);
	}

	/** A method of a supertype, or a bridge. */
	private HandlerMethod bySignature(Method method) {
		String signature = Methods.signature(method, type);
		for (HandlerMethod handler : byMethod.values()) {
			if (Methods.signature(handler.method(), type).equals(signature)
					|| (method.isBridge() && handler.method().getName().equals(method.getName())
							&& handler.method().getParameterCount() == method.getParameterCount())) {
				return handler;
			}
		}
		throw new WorkflowException(ErrorCode.INVALID_RECORDED_CALL,
				"Expected a call of a method of %s with @Workflow.Run, @Workflow.Query, @Workflow.Signal or @Workflow.Update, but %s has none of them. Call one of %s"
					.formatted(type.getName(), Methods.describe(method), callable()));
	}

	private String callable() {
		return byMethod.keySet().stream().map(Method::getName).sorted().collect(Collectors.joining(", "));
	}

	Collection<HandlerMethod> handlers() {
		return byMethod.values();
	}

	private static Map<String, HandlerMethod> byName(List<HandlerMethod> handlers, Kind kind) {
		return handlers.stream()
			.filter(handler -> handler.kind() == kind)
			.collect(Collectors.toUnmodifiableMap(HandlerMethod::name, Function.identity()));
	}

	private static Described describe(Class<?> type) {
		List<Problem> problems = new ArrayList<>();
		Class<?> declared = WorkflowTypes.declaredType(type, problems);
		if (declared == null) {
			return new Described(null, problems);
		}
		String obstacle = Subclassing.obstacle(type);
		if (obstacle != null && declared == type) {
			problems.add(Problem.invalid(
					"Expected workflow type %s to be open to subclasses, but it is %s".formatted(type.getName(),
							obstacle),
					type.isInterface() ? "Remove sealed from %s".formatted(type.getSimpleName())
							: "Make %s an open class, or put @Workflow on an interface that it implements"
								.formatted(type.getSimpleName())));
		}
		List<HandlerMethod> handlers = new HandlerScan(type, declared == type, problems).handlers();
		return problems.isEmpty()
				? new Described(new ClientType(type, WorkflowTypes.name(declared), handlers), problems)
				: new Described(null, problems);
	}

	private record Described(@Nullable ClientType clientType, List<Problem> problems) {

	}

}
