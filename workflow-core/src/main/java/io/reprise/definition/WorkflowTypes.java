package io.reprise.definition;

import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.reprise.Workflow;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * Which type carries the annotation of a workflow, and the name that it gives.
 */
final class WorkflowTypes {

	private WorkflowTypes() {
	}

	/**
	 * The type that names a workflow: the type itself, or the one supertype that is
	 * annotated. An annotation without a name on a class that implements an annotated
	 * interface adds nothing to the interface's; an annotated class that extends a
	 * concrete workflow is a workflow of its own.
	 * @param type the type
	 * @param problems receives what is wrong
	 * @return the annotated type, or {@code null} if there is none or more than one
	 */
	static @Nullable Class<?> declaredType(Class<?> type, List<Problem> problems) {
		Workflow own = annotation(type);
		List<Class<?>> inherited = annotatedSupertypes(type).stream()
			.filter(supertype -> own == null || Modifier.isAbstract(supertype.getModifiers()))
			.toList();
		if (inherited.isEmpty()) {
			if (own == null) {
				problems.add(Problem.invalid(
						"Expected %s to be a workflow, but neither it nor a type it extends or implements has @Workflow"
							.formatted(type.getName()),
						"Annotate %s with @Workflow".formatted(type.getSimpleName())));
				return null;
			}
			return type;
		}
		if (inherited.size() > 1) {
			problems.add(Problem.invalid(
					"Expected %s to be one workflow, but it extends or implements several: %s".formatted(type.getName(),
							String.join(", ", inherited.stream().map(Class::getName).toList())),
					"Write one class for each workflow type"));
			return null;
		}
		Class<?> declared = inherited.getFirst();
		if (own != null && !own.value().isBlank() && !own.value().trim().equals(name(declared))) {
			problems.add(Problem.invalid(
					"Expected %s to be called '%s' as its supertype %s says, but its own @Workflow says '%s'"
						.formatted(type.getName(), name(declared), declared.getName(), own.value()),
					"Remove @Workflow from %s".formatted(type.getSimpleName())));
		}
		return declared;
	}

	static String name(Class<?> annotatedType) {
		Workflow annotation = annotation(annotatedType);
		return (annotation == null || annotation.value().isBlank()) ? annotatedType.getSimpleName()
				: annotation.value().trim();
	}

	private static List<Class<?>> annotatedSupertypes(Class<?> type) {
		Set<Class<?>> types = new LinkedHashSet<>();
		for (Class<?> next = type.getSuperclass(); next != null; next = next.getSuperclass()) {
			types.add(next);
		}
		for (Class<?> implemented : ClassUtils.getAllInterfacesForClassAsSet(type)) {
			addInterfaces(implemented, types);
		}
		types.remove(type);
		return types.stream().filter(candidate -> annotation(candidate) != null).toList();
	}

	private static void addInterfaces(Class<?> type, Set<Class<?>> types) {
		types.add(type);
		for (Class<?> extended : type.getInterfaces()) {
			addInterfaces(extended, types);
		}
	}

	private static @Nullable Workflow annotation(Class<?> type) {
		return AnnotatedElementUtils.getMergedAnnotation(type, Workflow.class);
	}

}
