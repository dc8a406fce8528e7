package io.reprise.definition;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.reprise.ActivityOptions;

/**
 * Finds fields and methods of a workflow class that wait for an injection which never
 * comes. A workflow is no bean: they would stay empty and fail in the middle of a run.
 */
final class HostInjection {

	/** By name, as not all of them need be there. */
	private static final Set<String> ANNOTATIONS = Set.of("org.springframework.beans.factory.annotation.Autowired",
			"org.springframework.beans.factory.annotation.Value", "jakarta.inject.Inject",
			"jakarta.annotation.Resource", "jakarta.persistence.PersistenceContext",
			"jakarta.persistence.PersistenceUnit");

	private HostInjection() {
	}

	/**
	 * Looks at a class and those that it extends.
	 * @param type a workflow class
	 * @return a problem for each place, in the order of the classes
	 */
	static List<Problem> problems(Class<?> type) {
		List<Problem> problems = new ArrayList<>();
		for (Class<?> next = type; next != null && next != Object.class; next = next.getSuperclass()) {
			for (Field field : next.getDeclaredFields()) {
				String place = "field '%s' of %s".formatted(field.getName(), next.getName());
				annotation(field).ifPresent((annotation) -> problems.add(problem(place, annotation, advice(field))));
			}
			for (Method method : next.getDeclaredMethods()) {
				String place = "method %s of %s".formatted(method.getName(), next.getName());
				annotation(method).filter((annotation) -> !method.isSynthetic())
					.ifPresent((annotation) -> problems.add(problem(place, annotation,
							"Take what it sets as a parameter of the constructor, if that is an activity; otherwise use it in an activity")));
			}
		}
		return problems;
	}

	private static Problem problem(String place, String annotation, String advice) {
		return Problem
			.invalid("Expected %s to be left alone, but it has @%s, and a workflow is no bean that anybody injects into"
				.formatted(place, annotation), advice);
	}

	private static String advice(Field field) {
		if (!ActivityType.isActivity(field.getType())) {
			return InjectionScan.advice(field.getType());
		}
		return field.isAnnotationPresent(ActivityOptions.class)
				? "Remove it: @ActivityOptions alone has field '%s' set".formatted(field.getName())
				: "Take %s in the constructor, or put @ActivityOptions on field '%s' instead"
					.formatted(field.getType().getSimpleName(), field.getName());
	}

	/** Also one that an annotation of the application's carries. */
	private static Optional<String> annotation(AnnotatedElement element) {
		return Arrays.stream(element.getAnnotations())
			.map(Annotation::annotationType)
			.filter((annotation) -> Stream
				.concat(Stream.of(annotation),
						Arrays.stream(annotation.getAnnotations()).map(Annotation::annotationType))
				.anyMatch((each) -> ANNOTATIONS.contains(each.getName())))
			.map(Class::getSimpleName)
			.findFirst();
	}

}
