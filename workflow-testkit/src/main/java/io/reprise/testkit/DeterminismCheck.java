package io.reprise.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.reprise.Workflow;
import io.reprise.definition.DeterminismScan;
import io.reprise.definition.Finding;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Scans workflow code for calls that differ from one replay to the next, as the
 * application does when it starts, in a test that needs no application:
 *
 * <pre class="code">
 * &#064;Test
 * void shouldBeDeterministic() {
 *     DeterminismCheck.ofPackages("com.acme.orders").check();
 * }
 * </pre>
 *
 * Immutable.
 *
 * @see io.reprise.AllowNonDeterminism
 */
public final class DeterminismCheck {

	private final List<Class<?>> workflows;

	private final Map<String, String> allowed;

	private DeterminismCheck(List<Class<?>> workflows, Map<String, String> allowed) {
		this.workflows = workflows;
		this.allowed = allowed;
	}

	/**
	 * A check of workflow classes.
	 * @param workflows the classes that instances are made of
	 * @return the check
	 */
	public static DeterminismCheck of(Class<?>... workflows) {
		return new DeterminismCheck(List.of(workflows), Map.of());
	}

	/**
	 * A check of all workflow classes in packages, and in those below.
	 * @param packages names of packages
	 * @return the check
	 * @throws AssertionError if there is no workflow
	 */
	public static DeterminismCheck ofPackages(String... packages) {
		ClassPathScanningCandidateComponentProvider provider = new ClassPathScanningCandidateComponentProvider(false);
		provider.addIncludeFilter(new AnnotationTypeFilter(Workflow.class, true, true));
		Set<String> names = new TreeSet<>();
		for (String basePackage : packages) {
			for (BeanDefinition candidate : provider.findCandidateComponents(basePackage)) {
				names.add(String.valueOf(candidate.getBeanClassName()));
			}
		}
		if (names.isEmpty()) {
			throw new AssertionError(
					"Expected workflows in %s, but there are none. Name the packages of classes with @Workflow"
						.formatted(List.of(packages)));
		}
		List<Class<?>> workflows = new ArrayList<>();
		names.forEach(name -> workflows.add(ClassUtils.resolveClassName(name, null)));
		return new DeterminismCheck(workflows, Map.of());
	}

	/**
	 * This check with an exception, as {@code workflow.determinism.allow} makes it.
	 * @param pattern a place, a call, or both: {@code place -> call}
	 * @param reason why replays do not differ
	 * @return another check
	 */
	public DeterminismCheck allowing(String pattern, String reason) {
		Map<String, String> more = new LinkedHashMap<>(allowed);
		more.put(pattern, reason);
		return new DeterminismCheck(workflows, more);
	}

	/**
	 * Checks.
	 * @throws AssertionError with each place and the way that leads there, if there is
	 * one
	 */
	public void check() {
		DeterminismScan scan = new DeterminismScan(allowed);
		List<Finding> findings = workflows.stream()
			.flatMap(workflow -> scan.scan(workflow).stream())
			.distinct()
			.toList();
		if (!findings.isEmpty()) {
			StringBuilder text = new StringBuilder(
					"Expected workflow code to do the same at every replay, but found %d calls that may differ:%n"
						.formatted(findings.size()));
			findings.forEach(finding -> text.append("  ").append(finding).append('\n'));
			throw new AssertionError(text.toString());
		}
	}

}
