package io.reprise.definition;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.reprise.Activity;
import io.reprise.ActivityOptions;
import io.reprise.ActivitySettings;
import org.jspecify.annotations.Nullable;

import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * A type that workflows take stubs of: annotated with {@link Activity}, or with a
 * supertype that is.
 */
final class ActivityType {

	/** Worked out once for a type; holds nothing but what the type's loader holds. */
	private static final ClassValue<ActivityType> TYPES = new ClassValue<>() {

		@Override
		protected ActivityType computeValue(Class<?> type) {
			return new ActivityType(type);
		}

	};

	private final Class<?> type;

	private final List<Problem> problems = new ArrayList<>();

	private final Map<String, ActivityMethod> methods = new LinkedHashMap<>();

	private ActivityType(Class<?> type) {
		this.type = type;
		List<Class<?>> annotated = annotatedTypes(type);
		List<Class<?>> groups = annotated.contains(type) ? List.of(type) : annotated;
		groups.forEach(this::addMethods);
		if (!groups.isEmpty()) {
			checkType();
			checkHidden();
		}
	}

	static ActivityType of(Class<?> type) {
		return TYPES.get(type);
	}

	/**
	 * Whether a type is an activity type.
	 * @param type the type
	 * @return {@code true} if it or a supertype is annotated
	 */
	static boolean isActivity(Class<?> type) {
		return !type.isPrimitive() && !type.isArray() && !annotatedTypes(type).isEmpty();
	}

	/**
	 * The annotated ones among a type and its supertypes.
	 * @param type the type
	 * @return the types, nearest first
	 */
	static List<Class<?>> annotatedTypes(Class<?> type) {
		Set<Class<?>> types = new LinkedHashSet<>();
		for (Class<?> next = type; next != null; next = next.getSuperclass()) {
			types.add(next);
		}
		types.addAll(ClassUtils.getAllInterfacesForClassAsSet(type));
		addSuperInterfaces(type, types);
		return types.stream().filter(candidate -> annotation(candidate) != null).toList();
	}

	static String group(Class<?> annotatedType) {
		Activity annotation = annotation(annotatedType);
		return (annotation == null || annotation.value().isBlank()) ? annotatedType.getSimpleName()
				: annotation.value().trim();
	}

	/**
	 * What keeps the type from being an activity type that can be stubbed.
	 * @return the problems
	 */
	List<Problem> problems() {
		return problems;
	}

	/**
	 * The activity behind a method of the type.
	 * @param name name of the method, which is unique among activities
	 * @return the activity, or {@code null} if the method is none
	 */
	@Nullable ActivityMethod method(String name) {
		return methods.get(name);
	}

	List<ActivityMethod> methods() {
		return List.copyOf(methods.values());
	}

	/**
	 * What is wrong with a type that is annotated but has no activities.
	 * @param type the type
	 * @return the problem
	 */
	static Problem withoutMethods(Class<?> type) {
		return Problem.invalid(
				"Expected %s to have activities, but no type with @Activity that it is, extends or implements has a public method"
					.formatted(type.getName()),
				"Make the methods public that are activities, and put @Activity on the type that declares them");
	}

	private void addMethods(Class<?> annotatedType) {
		Map<String, List<Method>> byName = Methods.publicMethods(annotatedType)
			.stream()
			.filter(Predicate.not(ActivityType::isCallback))
			.collect(Collectors.groupingBy(Method::getName, LinkedHashMap::new, Collectors.toList()));
		byName.forEach((name, overloads) -> {
			if (overloads.size() > 1) {
				problems.add(overloaded(group(annotatedType) + "." + name, overloads));
			}
			methods.computeIfAbsent(name, key -> describe(annotatedType, overloads.getFirst()));
		});
	}

	private ActivityMethod describe(Class<?> annotatedType, Method declared) {
		Method method = type.isInterface() ? declared : BridgeMethodResolver.getMostSpecificMethod(declared, type);
		if (ReturnTypes.isDeferred(method)) {
			problems.add(Problem.invalid(
					"Expected activity %s to return its result, but it returns a %s".formatted(Methods.describe(method),
							method.getReturnType().getSimpleName()),
					"Let %s wait for the result and return the value; an activity runs on a thread of its own"
						.formatted(method.getName())));
		}
		OptionsReader options = new OptionsReader(problems);
		ActivitySettings settings = options.read(method, "activity " + Methods.describe(method))
			.orElse(options.read(type, type.getSimpleName()));
		Class<?> result = method.getReturnType();
		return new ActivityMethod(group(annotatedType) + "." + method.getName(), method,
				Methods.parameterTypes(method, type),
				(result == void.class) ? Void.class : Methods.returnType(method, type), settings);
	}

	private void checkType() {
		String kind = Subclassing.obstacle(type);
		if (kind != null) {
			problems.add(Problem.invalid(
					"Expected activity type %s to be open to subclasses, but it is %s".formatted(type.getName(), kind),
					type.isInterface() ? "Remove sealed from %s".formatted(type.getSimpleName())
							: "Make %s an open class, or put @Activity only on an interface that it implements"
								.formatted(type.getSimpleName())));
		}
		methods.values()
			.stream()
			.map(ActivityMethod::method)
			.filter(method -> Modifier.isFinal(method.getModifiers()) && !type.isInterface())
			.map(method -> Problem.invalid(
					"Expected activity %s to be open to overriding, but it is final"
						.formatted(Methods.describe(method)),
					"Remove final from %s, or put @Activity on an interface".formatted(Methods.describe(method))))
			.forEach(problems::add);
	}

	/** Options show that a method is meant to be an activity. */
	private void checkHidden() {
		for (Class<?> next = type; next != null && next != Object.class; next = next.getSuperclass()) {
			for (Method method : next.getDeclaredMethods()) {
				if (!method.isSynthetic() && AnnotatedElementUtils.isAnnotated(method, ActivityOptions.class)) {
					checkHidden(method);
				}
			}
		}
	}

	private void checkHidden(Method method) {
		String described = Methods.describe(method);
		if (Modifier.isStatic(method.getModifiers())) {
			problems.add(Problem.invalid(
					"Expected activity %s to be an instance method, but it is static".formatted(described),
					"Remove static from %s, or its @ActivityOptions if it is no activity".formatted(described)));
		}
		else if (!Modifier.isPublic(method.getModifiers())) {
			problems.add(Problem.invalid("Expected activity %s to be public, but it is not".formatted(described),
					"Make %s public, or remove its @ActivityOptions if it is no activity".formatted(described)));
		}
	}

	private static Problem overloaded(String activity, List<Method> overloads) {
		return Problem.invalid(
				"Expected one method for activity %s, but it is overloaded: %s".formatted(activity,
						overloads.stream().map(Methods::describe).collect(Collectors.joining(" and "))),
				"Give the methods different names: a history knows activities by name");
	}

	/** Methods that Spring calls, not workflows. */
	private static boolean isCallback(Method method) {
		return ClassUtils.getAllInterfacesForClassAsSet(method.getDeclaringClass())
			.stream()
			.filter(type -> type == AutoCloseable.class || type.getName().startsWith("org.springframework."))
			.flatMap(type -> Arrays.stream(type.getMethods()))
			.anyMatch(callback -> callback.getName().equals(method.getName())
					&& Arrays.equals(callback.getParameterTypes(), method.getParameterTypes()));
	}

	private static void addSuperInterfaces(Class<?> type, Set<Class<?>> types) {
		for (Class<?> implemented : type.getInterfaces()) {
			types.add(implemented);
			addSuperInterfaces(implemented, types);
		}
	}

	private static @Nullable Activity annotation(Class<?> type) {
		return AnnotatedElementUtils.getMergedAnnotation(type, Activity.class);
	}

}
