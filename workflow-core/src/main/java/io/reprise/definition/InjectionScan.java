package io.reprise.definition;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.reprise.ActivityOptions;
import io.reprise.WorkflowClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Finds where a workflow class takes stubs: the parameters of its constructor and its
 * fields with {@link ActivityOptions}.
 */
final class InjectionScan {

	private final Class<?> type;

	private final List<Problem> problems;

	private final OptionsReader options;

	private final @Nullable Constructor<?> constructor;

	private final List<InjectionPoint> parameters = new ArrayList<>();

	private final Map<Field, InjectionPoint> fields = new LinkedHashMap<>();

	InjectionScan(Class<?> type, List<Problem> problems) {
		this.type = type;
		this.problems = problems;
		options = new OptionsReader(problems);
		constructor = findConstructor();
		if (constructor != null) {
			Arrays.stream(constructor.getParameters()).forEach(this::addParameter);
		}
		for (Class<?> next = type; next != null && next != Object.class; next = next.getSuperclass()) {
			Arrays.stream(next.getDeclaredFields())
				.filter(field -> field.isAnnotationPresent(ActivityOptions.class))
				.forEach(this::addField);
		}
		problems.addAll(HostInjection.problems(type));
	}

	@Nullable Constructor<?> constructor() {
		return constructor;
	}

	List<InjectionPoint> parameters() {
		return parameters;
	}

	Map<Field, InjectionPoint> fields() {
		return fields;
	}

	private @Nullable Constructor<?> findConstructor() {
		List<Constructor<?>> constructors = Arrays.stream(type.getDeclaredConstructors())
			.filter(candidate -> !candidate.isSynthetic())
			.toList();
		if (constructors.size() != 1) {
			problems.add(Problem.invalid(
					"Expected workflow %s to have one constructor, but it has %d".formatted(type.getName(),
							constructors.size()),
					"Leave the one constructor of %s that takes all its activities".formatted(type.getSimpleName())));
			return null;
		}
		return constructors.getFirst();
	}

	private void addParameter(Parameter parameter) {
		String name = parameter.isNamePresent() ? "'" + parameter.getName() + "'" : "number " + (parameters.size() + 1);
		String place = "parameter %s of the constructor of %s".formatted(name, type.getName());
		parameters.add(point(parameter, parameter.getType(), place));
	}

	private void addField(Field field) {
		String place = "field '%s' of %s".formatted(field.getName(), field.getDeclaringClass().getName());
		int modifiers = field.getModifiers();
		if (Modifier.isFinal(modifiers) || Modifier.isStatic(modifiers)) {
			problems.add(Problem.invalid(
					"Expected %s to be set for each run, since it has @ActivityOptions, but it is %s".formatted(place,
							Modifier.isStatic(modifiers) ? "static" : "final"),
					Modifier.isStatic(modifiers) ? "Make field '%s' an instance field".formatted(field.getName())
							: "Put @ActivityOptions on the constructor parameter that sets '%s', or make the field not final"
								.formatted(field.getName())));
		}
		fields.put(field, point(field, field.getType(), place));
	}

	private InjectionPoint point(AnnotatedElement element, Class<?> injected, String place) {
		if (!ActivityType.isActivity(injected)) {
			problems.add(Problem.invalid(
					"Expected %s to be an activity, but %s has no @Activity".formatted(place, injected.getName()),
					advice(injected)));
		}
		else {
			ActivityType activityType = ActivityType.of(injected);
			problems.addAll(activityType.problems());
			if (activityType.methods().isEmpty()) {
				problems.add(ActivityType.withoutMethods(injected));
			}
		}
		return new InjectionPoint(place, injected, options.read(element, place));
	}

	/**
	 * What to do about something that a workflow wants and must not have.
	 * @param injected its type
	 * @return one sentence
	 */
	static String advice(Class<?> injected) {
		String name = injected.getSimpleName();
		if (InstantSource.class.isAssignableFrom(injected)) {
			return "Remove the %s and ask Workflows.now() for the time".formatted(name);
		}
		if (RandomGenerator.class.isAssignableFrom(injected)) {
			return "Remove the %s and take random numbers from Workflows.random()".formatted(name);
		}
		if (Logger.class.isAssignableFrom(injected)) {
			return "Remove the %s and keep the one of Workflows.logger(...) in a static field".formatted(name);
		}
		if (WorkflowClient.class.isAssignableFrom(injected)) {
			return "Remove the WorkflowClient and use it in an activity, which the workflow takes instead";
		}
		return ("Annotate %s with @Activity if its methods are activities; otherwise use it in an activity, "
				+ "which the workflow takes instead, or pass its value as an argument of the run method")
			.formatted(name);
	}

}
