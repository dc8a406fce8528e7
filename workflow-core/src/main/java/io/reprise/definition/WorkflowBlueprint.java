package io.reprise.definition;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * All that a definition is built from, checked.
 *
 * @param clientType the handlers of the implementation
 * @param declaredType the annotated type
 * @param constructor the one constructor
 * @param parameters where it takes stubs
 * @param fields the fields that take stubs
 */
record WorkflowBlueprint(ClientType clientType, Class<?> declaredType, Constructor<?> constructor,
		List<InjectionPoint> parameters, Map<Field, InjectionPoint> fields) {

	/**
	 * Checks a workflow class.
	 * @param declared the annotated type
	 * @param implementation the class itself, or one that extends or implements it
	 * @param problems receives what is wrong
	 * @return the blueprint, or {@code null} if something is wrong
	 */
	static @Nullable WorkflowBlueprint of(Class<?> declared, Class<?> implementation, List<Problem> problems) {
		List<Problem> found = new ArrayList<>();
		checkClass(implementation, found);
		ClientType clientType = describe(implementation, found);
		if (declared != implementation) {
			ClientType promised = describe(declared, found);
			if (clientType != null && promised != null) {
				checkPromises(clientType, promised, found);
			}
		}
		InjectionScan injection = new InjectionScan(implementation, found);
		problems.addAll(found);
		Constructor<?> constructor = injection.constructor();
		if (!found.isEmpty() || clientType == null || constructor == null) {
			return null;
		}
		return new WorkflowBlueprint(clientType, declared, constructor, injection.parameters(), injection.fields());
	}

	static @Nullable ClientType describe(Class<?> type, List<Problem> problems) {
		try {
			return ClientType.of(type);
		}
		catch (DefinitionException ex) {
			problems.addAll(ex.problems());
			return null;
		}
	}

	private static void checkClass(Class<?> type, List<Problem> problems) {
		String kind = null;
		if (type.isRecord()) {
			kind = "a record";
		}
		else if (type.isEnum()) {
			kind = "an enum";
		}
		else if (Modifier.isAbstract(type.getModifiers())) {
			kind = "abstract";
		}
		else if (type.isAnonymousClass() || type.isLocalClass()) {
			kind = "local to a method";
		}
		else if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
			kind = "an inner class that is not static";
		}
		if (kind != null) {
			problems.add(Problem.invalid(
					"Expected workflow %s to be a class that can be made for each run, but it is %s"
						.formatted(type.getName(), kind),
					"Make %s a top-level class or a static nested class that is not abstract"
						.formatted(type.getSimpleName())));
		}
	}

	/** Clients know the declared type only: its names must reach the implementation. */
	private static void checkPromises(ClientType actual, ClientType promised, List<Problem> problems) {
		for (HandlerMethod handler : promised.handlers()) {
			Optional<HandlerMethod> same = switch (handler.kind()) {
				case RUN -> Optional.of(actual.run())
					.filter(run -> Methods.signature(run.method(), actual.type())
						.equals(Methods.signature(handler.method(), actual.type())));
				case QUERY -> actual.query(handler.name());
				case SIGNAL -> actual.signal(handler.name());
				case UPDATE -> actual.update(handler.name());
				case VALIDATOR -> actual.validator(handler.name());
			};
			if (same.isEmpty()) {
				problems.add(Problem.invalid(
						"Expected %s to have the %s named '%s' of %s, but it gives the method another name or purpose"
							.formatted(actual.type().getName(), handler.kind().annotation(), handler.name(),
									promised.type().getName()),
						"Remove the annotation from the method of %s and leave it on %s"
							.formatted(actual.type().getSimpleName(), promised.type().getSimpleName())));
			}
		}
	}

}
