package io.reprise.boot;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.reprise.Workflow;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.ClassMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.AbstractTypeHierarchyTraversingFilter;
import org.springframework.util.ClassUtils;

/**
 * Finds workflow types on the class path: what is annotated with {@link Workflow}, and
 * what extends or implements such a type.
 */
final class WorkflowScanner {

	private final Provider provider;

	private final @Nullable ClassLoader classLoader;

	WorkflowScanner(Environment environment, ResourceLoader resources) {
		provider = new Provider(environment, resources);
		classLoader = resources.getClassLoader();
	}

	/**
	 * Whether a type is a workflow.
	 * @param type the type
	 * @return {@code true} if it is annotated, or a type it extends or implements is
	 */
	static boolean isWorkflow(Class<?> type) {
		return MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY).isPresent(Workflow.class);
	}

	/**
	 * Finds workflow types.
	 * @param packages where to look, including what is below
	 * @return the types in alphabetical order
	 */
	List<Class<?>> scan(Collection<String> packages) {
		Set<String> names = new TreeSet<>();
		for (String basePackage : packages) {
			for (BeanDefinition candidate : provider.findCandidateComponents(basePackage)) {
				names.add(String.valueOf(candidate.getBeanClassName()));
			}
		}
		return names.stream().<Class<?>>map((name) -> ClassUtils.resolveClassName(name, classLoader)).toList();
	}

	/** Takes interfaces and abstract classes too. */
	private static final class Provider extends ClassPathScanningCandidateComponentProvider {

		Provider(Environment environment, ResourceLoader resources) {
			super(false, environment);
			setResourceLoader(resources);
			addIncludeFilter(new WorkflowFilter());
		}

		@Override
		protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
			AnnotationMetadata metadata = definition.getMetadata();
			// Anonymous classes and the like are somebody's fakes, unless annotated
			// themselves
			return !metadata.isAnnotation()
					&& (metadata.isIndependent() || metadata.hasAnnotation(Workflow.class.getName()));
		}

	}

	private static final class WorkflowFilter extends AbstractTypeHierarchyTraversingFilter {

		WorkflowFilter() {
			super(true, true);
		}

		@Override
		protected boolean matchSelf(MetadataReader reader) {
			return reader.getAnnotationMetadata().isAnnotated(Workflow.class.getName());
		}

		@Override
		public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
			ClassMetadata metadata = reader.getClassMetadata();
			return !metadata.isAnnotation() && super.match(reader, factory);
		}

	}

}
