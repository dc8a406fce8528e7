package io.reprise.definition;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.reprise.Arguments;
import io.reprise.Workflow;
import io.reprise.definition.HandlerMethod.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Finds the handlers of a workflow type, annotated there or on what it overrides or
 * implements, and checks them.
 */
final class HandlerScan {

	private final Class<?> type;

	private final boolean stubbed;

	private final List<Problem> problems;

	private final List<HandlerMethod> handlers = new ArrayList<>();

	/**
	 * Scans a type.
	 * @param type the type
	 * @param stubbed whether clients call it through a generated subclass
	 * @param problems receives what is wrong
	 */
	HandlerScan(Class<?> type, boolean stubbed, List<Problem> problems) {
		this.type = type;
		this.stubbed = stubbed && !type.isInterface();
		this.problems = problems;
		Map<Method, Map<Kind, String>> annotated = MethodIntrospector.selectMethods(type, HandlerScan::annotations);
		for (Method method : Methods.distinct(annotated.keySet(), type)) {
			add(method, annotated.getOrDefault(method, Map.of()));
		}
		checkRun();
		checkNames();
		checkValidators();
	}

	List<HandlerMethod> handlers() {
		return handlers;
	}

	private void add(Method method, Map<Kind, String> kinds) {
		if (kinds.size() > 1) {
			problems.add(Problem.invalid(
					"Expected one annotation on %s, but it has %s".formatted(Methods.describe(method),
							String.join(" and ", kinds.keySet().stream().map(Kind::annotation).toList())),
					"Leave one of them; write a second method for the other"));
		}
		Kind kind = kinds.keySet().iterator().next();
		checkShape(kind, method);
		checkResult(kind, method);
		handlers.add(new HandlerMethod(kind, kinds.getOrDefault(kind, method.getName()), method,
				Methods.parameterTypes(method, type),
				(method.getReturnType() == void.class) ? Void.class : Methods.returnType(method, type),
				checkDynamic(kind, method)));
	}

	private boolean checkDynamic(Kind kind, Method method) {
		boolean dynamic = isDynamic(method);
		if (dynamic && !List.of(method.getParameterTypes()).equals(List.of(String.class, Arguments.class))) {
			refuse(kind, method, "that is dynamic to have the parameters (String, Arguments), but it has others",
					"Let %s take a String with the name, and io.reprise.Arguments");
		}
		return dynamic;
	}

	private static boolean isDynamic(Method method) {
		Workflow.Query query = AnnotatedElementUtils.findMergedAnnotation(method, Workflow.Query.class);
		Workflow.Signal signal = AnnotatedElementUtils.findMergedAnnotation(method, Workflow.Signal.class);
		Workflow.Update update = AnnotatedElementUtils.findMergedAnnotation(method, Workflow.Update.class);
		return (query != null && query.dynamic()) || (signal != null && signal.dynamic())
				|| (update != null && update.dynamic());
	}

	private void checkShape(Kind kind, Method method) {
		int modifiers = method.getModifiers();
		if (!Modifier.isPublic(modifiers)) {
			refuse(kind, method, "to be public, but it is not", "Make %s public");
		}
		if (Modifier.isStatic(modifiers)) {
			refuse(kind, method, "to be an instance method, but it is static", "Remove static from %s");
		}
		if (stubbed && Modifier.isFinal(modifiers)) {
			refuse(kind, method, "to be open to overriding, but it is final",
					"Remove final from %s: clients record calls on a generated subclass");
		}
	}

	private void checkResult(Kind kind, Method method) {
		boolean isVoid = method.getReturnType() == void.class;
		if (kind == Kind.SIGNAL && !isVoid) {
			refuse(kind, method, "to return nothing, but it returns " + method.getReturnType().getSimpleName(),
					"Let %s return void; a query tells what came of the signal");
		}
		if (kind == Kind.VALIDATOR && !isVoid) {
			refuse(kind, method, "to return nothing, but it returns " + method.getReturnType().getSimpleName(),
					"Let %s return void, and throw to refuse an update");
		}
		if (kind == Kind.QUERY && isVoid) {
			refuse(kind, method, "to return a value, but it returns void",
					"Let %s return what it reads, or make it a @Workflow.Signal");
		}
		if (ReturnTypes.isDeferred(method)) {
			refuse(kind, method, "to return its result, but it returns a " + method.getReturnType().getSimpleName(),
					"Let %s return the value itself; Workflows.async and Promise are for concurrency inside a workflow");
		}
	}

	private void checkRun() {
		List<HandlerMethod> runs = handlers.stream().filter(handler -> handler.kind() == Kind.RUN).toList();
		if (runs.isEmpty()) {
			problems.add(Problem.invalid(
					"Expected exactly one method with @Workflow.Run on %s, but there is none".formatted(type.getName()),
					"Annotate the method of %s that is the workflow with @Workflow.Run"
						.formatted(type.getSimpleName())));
		}
		else if (runs.size() > 1) {
			problems.add(Problem.invalid(
					"Expected exactly one method with @Workflow.Run on %s, but there are %s".formatted(type.getName(),
							describe(runs)),
					"Leave @Workflow.Run on one method of %s".formatted(type.getSimpleName())));
		}
	}

	private void checkNames() {
		Map<Kind, Map<String, List<HandlerMethod>>> byName = new EnumMap<>(Kind.class);
		handlers.stream()
			.filter(handler -> handler.kind() != Kind.RUN)
			.forEach(handler -> byName.computeIfAbsent(handler.kind(), key -> new LinkedHashMap<>())
				.computeIfAbsent(handler.name(), key -> new ArrayList<>())
				.add(handler));
		byName.forEach((kind, names) -> names.forEach((name, same) -> {
			if (same.size() > 1) {
				problems.add(Problem.invalid(
						"Expected one %s named '%s' on %s, but there are %s".formatted(kind.annotation(), name,
								type.getName(), describe(same)),
						"Give them different names: overloaded handlers cannot be told apart"));
			}
		}));
	}

	private void checkValidators() {
		for (HandlerMethod validator : handlers) {
			if (validator.kind() != Kind.VALIDATOR) {
				continue;
			}
			HandlerMethod update = null;
			for (HandlerMethod handler : handlers) {
				update = (handler.kind() == Kind.UPDATE && handler.name().equals(validator.name())) ? handler : update;
			}
			if (update == null) {
				refuse(Kind.VALIDATOR, validator.method(),
						"to name an update of " + type.getName() + ", but there is none called '" + validator.name()
								+ "'",
						"Correct the name in the annotation of %s: it is that of the update, not of its method");
			}
			else if (!Arrays.equals(update.parameterTypes(), validator.parameterTypes())) {
				refuse(Kind.VALIDATOR, validator.method(),
						"to have the parameters of " + Methods.describe(update.method()) + ", but it has others",
						"Give %s the parameters of the update");
			}
		}
	}

	private void refuse(Kind kind, Method method, String broken, String action) {
		String described = Methods.describe(method);
		problems.add(Problem.invalid("Expected %s method %s %s".formatted(kind.annotation(), described, broken),
				action.formatted(described)));
	}

	private static String describe(List<HandlerMethod> handlers) {
		return String.join(" and ", handlers.stream().map(handler -> Methods.describe(handler.method())).toList());
	}

	private static @Nullable Map<Kind, String> annotations(Method method) {
		Map<Kind, String> kinds = new EnumMap<>(Kind.class);
		if (AnnotatedElementUtils.hasAnnotation(method, Workflow.Run.class)) {
			kinds.put(Kind.RUN, method.getName());
		}
		Workflow.Query query = AnnotatedElementUtils.findMergedAnnotation(method, Workflow.Query.class);
		if (query != null) {
			kinds.put(Kind.QUERY, query.value().isBlank() ? method.getName() : query.value());
		}
		Workflow.Signal signal = AnnotatedElementUtils.findMergedAnnotation(method, Workflow.Signal.class);
		if (signal != null) {
			kinds.put(Kind.SIGNAL, signal.value().isBlank() ? method.getName() : signal.value());
		}
		Workflow.Update update = AnnotatedElementUtils.findMergedAnnotation(method, Workflow.Update.class);
		if (update != null) {
			kinds.put(Kind.UPDATE, update.value().isBlank() ? method.getName() : update.value());
		}
		Workflow.UpdateValidator validator = AnnotatedElementUtils.findMergedAnnotation(method,
				Workflow.UpdateValidator.class);
		if (validator != null) {
			kinds.put(Kind.VALIDATOR, validator.value());
		}
		return kinds.isEmpty() ? null : kinds;
	}

}
