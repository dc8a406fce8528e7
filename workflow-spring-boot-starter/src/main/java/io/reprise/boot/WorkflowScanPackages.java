package io.reprise.boot;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * The packages that one {@link WorkflowScan} names.
 */
final class WorkflowScanPackages {

	private final List<String> packages;

	WorkflowScanPackages(String... packages) {
		this.packages = List.of(packages);
	}

	Stream<String> stream() {
		return packages.stream();
	}

	/** Leaves one bean for each annotated class. */
	static final class Registrar implements ImportBeanDefinitionRegistrar {

		private final Environment environment;

		Registrar(Environment environment) {
			this.environment = environment;
		}

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			RootBeanDefinition definition = new RootBeanDefinition(WorkflowScanPackages.class);
			definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
			definition.getConstructorArgumentValues().addIndexedArgumentValue(0, packages(metadata));
			registry.registerBeanDefinition(WorkflowScanPackages.class.getName() + "#" + metadata.getClassName(),
					definition);
		}

		private String[] packages(AnnotationMetadata metadata) {
			AnnotationAttributes scan = AnnotationAttributes
				.fromMap(metadata.getAnnotationAttributes(WorkflowScan.class.getName()));
			Assert.state(scan != null, "Expected @WorkflowScan on " + metadata.getClassName());
			Set<String> packages = new LinkedHashSet<>();
			for (String basePackage : scan.getStringArray("basePackages")) {
				packages.addAll(Arrays.asList(
						StringUtils.tokenizeToStringArray(environment.resolvePlaceholders(basePackage), ",; \t\n")));
			}
			for (Class<?> type : scan.getClassArray("basePackageClasses")) {
				packages.add(ClassUtils.getPackageName(type));
			}
			if (packages.isEmpty()) {
				packages.add(ClassUtils.getPackageName(metadata.getClassName()));
			}
			return packages.toArray(String[]::new);
		}

	}

}
