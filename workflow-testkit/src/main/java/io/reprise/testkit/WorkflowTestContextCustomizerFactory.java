package io.reprise.testkit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.reprise.engine.EngineSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Sets the properties that fit virtual time, unless the test's annotations set them.
 */
class WorkflowTestContextCustomizerFactory implements ContextCustomizerFactory {

	/**
	 * Periodic duties are put off for ever: with one node and no failures there is
	 * nothing to sweep, and skipped time would have to run each of them.
	 */
	private static final Map<String, Object> PROPERTIES = Map.of("workflow.engine.sweep-interval",
			EngineSettings.NEVER.toString(), "workflow.engine.lease", EngineSettings.NEVER.toString(),
			"workflow.engine.clock-sync", "0s", "workflow.retention.period", "0s", "workflow.worker.cached-workflows",
			"0", "workflow.worker.shutdown-timeout", "0s");

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> attributes) {
		return TestContextAnnotationUtils.hasAnnotation(testClass, AutoConfigureWorkflowTest.class)
				? new Customizer(PROPERTIES) : null;
	}

	/** A record, as it is part of the key that contexts are cached by. */
	private record Customizer(Map<String, Object> properties) implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration config) {
			Map<String, Object> defaults = new HashMap<>(properties);
			Arrays.stream(config.getPropertySourceProperties())
				.map(property -> uniform(property.split("[=:]", 2)[0].strip()))
				.forEach(name -> defaults.keySet().removeIf(key -> uniform(key).equals(name)));
			context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("workflowTest", defaults));
		}

		/** Boot does not mind how the words of a name are kept apart. */
		private static String uniform(String name) {
			return name.replace("-", "").toLowerCase(Locale.ROOT);
		}

	}

}
