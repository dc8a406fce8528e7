package io.reprise.definition;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.reprise.ActivitySettings;
import io.reprise.ErrorCode;
import io.reprise.WorkflowException;

import org.springframework.core.BridgeMethodResolver;

/**
 * The activities that this application provides, by name. Every public method of an
 * annotated class, or of an annotated interface that a bean implements, is one.
 */
public final class ActivityRegistry {

	private final Map<String, ActivityDefinition> definitions = new TreeMap<>();

	private final List<Problem> problems = new ArrayList<>();

	private ActivityRegistry() {
	}

	/**
	 * Builds the registry. Beans are not created meanwhile.
	 * @param beans beans of activity types
	 * @return the registry
	 * @throws DefinitionException with all problems, if there are any
	 */
	public static ActivityRegistry of(Collection<ActivityBean> beans) {
		ActivityRegistry registry = new ActivityRegistry();
		beans.forEach(registry::add);
		registry.refuseProblems();
		return registry;
	}

	/**
	 * Finds an activity.
	 * @param name its name, {@code Group.method}
	 * @return the activity, empty if no bean here provides it
	 */
	public Optional<ActivityDefinition> find(String name) {
		return Optional.ofNullable(definitions.get(name));
	}

	/**
	 * Finds an activity.
	 * @param name its name, {@code Group.method}
	 * @return the activity
	 * @throws WorkflowException with {@link ErrorCode#UNKNOWN_ACTIVITY_TYPE}
	 */
	public ActivityDefinition require(String name) {
		ActivityDefinition definition = definitions.get(name);
		if (definition == null) {
			throw new WorkflowException(ErrorCode.UNKNOWN_ACTIVITY_TYPE,
					"Expected an activity named '%s', but %s. Annotate its bean with @Activity, or start an application that has it"
						.formatted(name, Names.known("activity", "activities", name, definitions.keySet())));
		}
		return definition;
	}

	/**
	 * Names of all activities.
	 * @return the names in alphabetical order
	 */
	public Set<String> names() {
		return Collections.unmodifiableSet(definitions.keySet());
	}

	/**
	 * Checks that the beans' proxies can be called. Creates the beans.
	 * @throws DefinitionException with all problems, if there are any
	 */
	public void verifyBeans() {
		List<Problem> found = new ArrayList<>();
		for (ActivityDefinition definition : definitions.values()) {
			try {
				definition.verify();
			}
			catch (DefinitionException ex) {
				found.addAll(ex.problems());
			}
		}
		if (!found.isEmpty()) {
			throw new DefinitionException(found);
		}
	}

	private void add(ActivityBean bean) {
		List<Class<?>> annotated = ActivityType.annotatedTypes(bean.userClass());
		if (annotated.isEmpty()) {
			problems.add(Problem.invalid(
					"Expected bean '%s' to be an activity, but neither %s nor a type it extends or implements has @Activity"
						.formatted(bean.beanName(), bean.userClass().getName()),
					"Annotate %s with @Activity".formatted(bean.userClass().getSimpleName())));
		}
		else if (annotated.stream().allMatch(type -> ActivityType.of(type).methods().isEmpty())) {
			problems.add(ActivityType.withoutMethods(bean.userClass()));
		}
		for (Class<?> type : annotated) {
			ActivityType activityType = ActivityType.of(type);
			problems.addAll(activityType.problems());
			activityType.methods().forEach(method -> add(bean, method));
		}
	}

	private void add(ActivityBean bean, ActivityMethod declared) {
		Class<?> userClass = bean.userClass();
		Method method = BridgeMethodResolver.getMostSpecificMethod(declared.method(), userClass);
		OptionsReader options = new OptionsReader(problems);
		ActivitySettings settings = options.read(method, "activity " + Methods.describe(method))
			.orElse(options.read(userClass, userClass.getSimpleName()))
			.orElse(declared.settings());
		ActivityMethod specific = new ActivityMethod(declared.activity(), method,
				Methods.parameterTypes(method, userClass),
				(method.getReturnType() == void.class) ? Void.class : Methods.returnType(method, userClass), settings);
		ActivityDefinition definition = new ActivityDefinition(specific, bean,
				new BeanInvoker(bean, declared.method()));
		ActivityDefinition other = definitions.putIfAbsent(definition.name(), definition);
		if (other != null) {
			problems.add(duplicate(definition, other));
		}
	}

	private static Problem duplicate(ActivityDefinition one, ActivityDefinition other) {
		return Problem.duplicate(
				"Expected one bean for activity %s, but there are '%s' (%s) and '%s' (%s)".formatted(one.name(),
						other.beanName(), other.userClass().getName(), one.beanName(), one.userClass().getName()),
				"Remove one of the beans, or give one of the types a group of its own: @Activity(\"...\")");
	}

	private void refuseProblems() {
		if (!problems.isEmpty()) {
			throw new DefinitionException(problems.stream().distinct().toList());
		}
	}

}
