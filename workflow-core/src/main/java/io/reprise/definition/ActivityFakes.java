package io.reprise.definition;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.reprise.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Lets functions stand in for activities that workflows take.
 */
@Internal("the test kit replaces activities by name")
public final class ActivityFakes {

	private final Map<String, Fake> fakes;

	private final Set<String> used = new HashSet<>();

	private final Set<String> known = new TreeSet<>();

	private final List<ActivityBean> beans;

	private ActivityFakes(Map<String, Fake> fakes, Collection<ActivityBean> beans) {
		this.fakes = fakes;
		this.beans = new ArrayList<>(beans);
	}

	/**
	 * Beans with functions in place of some of their methods, or of all.
	 * @param beans the beans that are there
	 * @param workflows workflows that take activities
	 * @param fakes the functions, by the names of activities
	 * @return the beans to register
	 * @throws DefinitionException if a name is that of no activity which a workflow takes
	 */
	public static Collection<ActivityBean> replace(Collection<ActivityBean> beans, WorkflowRegistry workflows,
			Map<String, Fake> fakes) {
		if (fakes.isEmpty()) {
			return beans;
		}
		ActivityFakes replaced = new ActivityFakes(fakes, beans);
		Set<Class<?>> types = new HashSet<>();
		for (WorkflowDefinition workflow : workflows.definitions()) {
			for (InjectionPoint point : workflow.injectionPoints()) {
				if (types.add(point.type())) {
					replaced.replace(point.type());
				}
			}
		}
		replaced.refuseUnused();
		return replaced.beans;
	}

	private void replace(Class<?> type) {
		List<ActivityMethod> methods = ActivityType.of(type).methods();
		methods.forEach(method -> known.add(method.activity()));
		List<String> faked = methods.stream().map(ActivityMethod::activity).filter(fakes::containsKey).toList();
		if (faked.isEmpty()) {
			return;
		}
		used.addAll(faked);
		ActivityBean real = beans.stream()
			.filter(bean -> type.isAssignableFrom(bean.userClass()))
			.findFirst()
			.orElse(null);
		if (real != null) {
			beans.remove(real);
		}
		Object fake = ProxyType.newProxy(type, (proxy, method, arguments) -> call(methods, real, method, arguments));
		beans.add(new ActivityBean("fake of " + type.getSimpleName(), type, () -> {
			if (real != null) {
				real.bean().get();
			}
			return fake;
		}));
	}

	private @Nullable Object call(List<ActivityMethod> methods, @Nullable ActivityBean real, Method method,
			@Nullable Object @Nullable [] arguments) throws Throwable {
		@Nullable Object[] given = (arguments != null) ? arguments : new Object[0];
		for (ActivityMethod activity : methods) {
			if (activity.method().getName().equals(method.getName())) {
				Fake fake = fakes.get(activity.activity());
				if (fake != null) {
					return fake.call(given);
				}
				if (real != null) {
					return new BeanInvoker(real, activity.method()).invoke(given);
				}
				throw new IllegalStateException("Expected activity %s to be replaced as others of %s are, but it is not"
					.formatted(activity.activity(), method.getDeclaringClass().getSimpleName()));
			}
		}
		return switch (method.getName()) {
			case "hashCode" -> System.identityHashCode(methods);
			case "equals" -> false;
			default -> "fake";
		};
	}

	private void refuseUnused() {
		Set<String> unknown = new TreeSet<>(fakes.keySet());
		unknown.removeAll(used);
		if (!unknown.isEmpty()) {
			throw new DefinitionException(List
				.of(Problem.invalid("Expected names of activities that the workflows take, but found " + unknown,
						"Take names out of " + known)));
		}
	}

	/**
	 * Stands in for an activity.
	 */
	@FunctionalInterface
	public interface Fake {

		/**
		 * Does what the activity would.
		 * @param arguments its arguments
		 * @return its result
		 * @throws Exception what the attempt fails with
		 */
		@Nullable Object call(@Nullable Object[] arguments) throws Exception;

	}

}
