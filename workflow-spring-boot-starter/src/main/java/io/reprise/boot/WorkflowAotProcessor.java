package io.reprise.boot;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.definition.ActivityStubs;
import io.reprise.definition.DeterminismScan;
import io.reprise.definition.WorkflowDefinition;
import io.reprise.definition.WorkflowRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.io.DefaultResourceLoader;

/**
 * What is done when an application is processed ahead of time: its workflow code is
 * scanned, so that the build fails and not the start; and what the engine reaches by
 * reflection is named.
 */
final class WorkflowAotProcessor implements BeanFactoryInitializationAotProcessor {

	private static final MemberCategory[] MEMBERS = { MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
			MemberCategory.INVOKE_DECLARED_METHODS, MemberCategory.ACCESS_DECLARED_FIELDS };

	@Override
	public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
			ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory.getBeanNamesForType(WorkflowRuntime.class, true, false).length == 0) {
			return null;
		}
		Environment environment = beanFactory.getBean(Environment.class);
		WorkflowRegistry workflows = WorkflowRegistry.of(candidates(beanFactory, environment), new ActivityStubs(),
				JacksonPayloadConverter.withDefaults());
		WorkflowProperties properties = Binder.get(environment).bindOrCreate("workflow", WorkflowProperties.class);
		if (properties.determinism().enabled()) {
			new DeterminismScan(properties.determinism().allow()).refuse(workflows);
		}
		Set<Class<?>> types = new LinkedHashSet<>();
		for (WorkflowDefinition workflow : workflows.definitions()) {
			types.add(workflow.implementation());
			types.add(workflow.declaredType());
		}
		new ActivityBeans(beanFactory).find().forEach(bean -> addWithInterfaces(bean.userClass(), types));
		return (generation, code) -> register(generation.getRuntimeHints(), types);
	}

	private static List<Class<?>> candidates(ConfigurableListableBeanFactory beanFactory, Environment environment) {
		return new WorkflowScanner(environment, new DefaultResourceLoader(beanFactory.getBeanClassLoader()))
			.scan(WorkflowAutoConfiguration.packages(beanFactory));
	}

	private static void addWithInterfaces(Class<?> activity, Set<Class<?>> types) {
		types.add(activity);
		types.addAll(List.of(activity.getInterfaces()));
	}

	private static void register(RuntimeHints hints, Set<Class<?>> types) {
		for (Class<?> type : types) {
			hints.reflection().registerType(type, MEMBERS);
			if (type.isInterface()) {
				// The stub of an activity type that is an interface
				hints.proxies().registerJdkProxy(type);
			}
		}
	}

	/** Files that are looked up by name. */
	static final class Resources implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.resources().registerPattern("io/reprise/jpa/migration/*/*.sql");
		}

	}

}
