package io.reprise.boot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.reprise.Activity;
import io.reprise.definition.ActivityBean;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;

/**
 * Finds the beans that carry activities, and those that must not be beans, without
 * creating any. To be asked when the singletons exist: only then are the classes of all
 * of them known.
 */
final class ActivityBeans {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Map<String, Candidate> candidates = new LinkedHashMap<>();

	private final Map<Class<?>, List<Candidate>> byType = new LinkedHashMap<>();

	ActivityBeans(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory, Object.class, true,
				false)) {
			Class<?> type = userClass(name);
			if (type != null) {
				add(name, type);
			}
		}
	}

	/**
	 * The beans that carry activities. Of several for one activity type the primary one
	 * counts, as for an injection.
	 * @return the beans in order of their registration
	 */
	List<ActivityBean> find() {
		return chosen().stream().map(this::bean).toList();
	}

	/**
	 * Those beans that exist already.
	 * @return a part of {@link #find()}
	 */
	List<ActivityBean> findCreated() {
		return chosen().stream()
			.filter((candidate) -> beanFactory.containsSingleton(candidate.beanName()))
			.map(this::bean)
			.toList();
	}

	private void add(String name, Class<?> type) {
		if (WorkflowScanner.isWorkflow(type)) {
			throw workflowBean(name, type);
		}
		Set<Class<?>> activityTypes = activityTypes(type);
		BeanDefinition definition = definition(name);
		if (activityTypes.isEmpty() || (definition != null && !definition.isAutowireCandidate())) {
			return;
		}
		Candidate candidate = new Candidate(name, type, activityTypes, rank(definition));
		candidates.put(name, candidate);
		activityTypes
			.forEach((activityType) -> byType.computeIfAbsent(activityType, (key) -> new ArrayList<>()).add(candidate));
	}

	private List<Candidate> chosen() {
		return candidates.values()
			.stream()
			.filter((candidate) -> candidate.activityTypes().stream().anyMatch((type) -> isBest(candidate, type)))
			.toList();
	}

	private boolean isBest(Candidate candidate, Class<?> activityType) {
		return byType.getOrDefault(activityType, List.of())
			.stream()
			.noneMatch((other) -> other.rank().compareTo(candidate.rank()) > 0);
	}

	private ActivityBean bean(Candidate candidate) {
		String name = candidate.beanName();
		return new ActivityBean(name, candidate.userClass(), () -> beanFactory.getBean(name));
	}

	private @Nullable Class<?> userClass(String name) {
		Object singleton = beanFactory.containsSingleton(name) ? beanFactory.getSingleton(name) : null;
		Class<?> type = beanFactory.getType(name, false);
		if (singleton != null && type != null && type.isInstance(singleton)) {
			return ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(singleton));
		}
		Class<?> target = (type != null) ? AutoProxyUtils.determineTargetClass(beanFactory, name) : null;
		return (target != null) ? ClassUtils.getUserClass(target) : null;
	}

	private static Set<Class<?>> activityTypes(Class<?> type) {
		Set<Class<?>> types = new LinkedHashSet<>();
		MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY)
			.stream(Activity.class)
			.map((annotation) -> Objects.requireNonNull(annotation.getSource()))
			.forEach((source) -> types.add((Class<?>) source));
		return types;
	}

	private @Nullable BeanDefinition definition(String name) {
		return beanFactory.containsBeanDefinition(name) ? beanFactory.getMergedBeanDefinition(name) : null;
	}

	private static Rank rank(@Nullable BeanDefinition definition) {
		if (definition == null) {
			return Rank.USUAL;
		}
		if (definition.isPrimary()) {
			return Rank.PRIMARY;
		}
		boolean hidden = definition instanceof AbstractBeanDefinition bean && !bean.isDefaultCandidate();
		return (definition.isFallback() || hidden) ? Rank.FALLBACK : Rank.USUAL;
	}

	private static SetupException workflowBean(String name, Class<?> type) {
		return new SetupException(
				"Expected workflow %s to be no bean, since each run makes an instance of its own, but bean '%s' is one"
					.formatted(type.getName(), name),
				"Remove @Component or the like from %s, or the @Bean method '%s'; @Workflow alone is enough, and WorkflowClient starts runs of it"
					.formatted(type.getSimpleName(), name));
	}

	/** In rising order of preference. */
	private enum Rank {

		FALLBACK, USUAL, PRIMARY

	}

	private record Candidate(String beanName, Class<?> userClass, Set<Class<?>> activityTypes, Rank rank) {

	}

}
