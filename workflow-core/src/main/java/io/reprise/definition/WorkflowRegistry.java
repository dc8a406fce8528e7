package io.reprise.definition;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.spi.PayloadConverter;
import org.jspecify.annotations.Nullable;

/**
 * The workflow types that this application runs, by name.
 */
public final class WorkflowRegistry {

	private final Map<String, WorkflowDefinition> definitions = new TreeMap<>();

	/** Every annotated type by its name, those that run elsewhere included. */
	private final Map<String, Class<?>> declaredTypes = new TreeMap<>();

	private final List<Problem> problems = new ArrayList<>();

	private WorkflowRegistry() {
	}

	/**
	 * Builds the registry.
	 * @param candidates types with {@code @Workflow} and classes that implement them
	 * @param stubs makes the stubs that workflows take
	 * @param converter reads and writes arguments and results
	 * @return the registry
	 * @throws DefinitionException with all problems, if there are any
	 */
	public static WorkflowRegistry of(Collection<Class<?>> candidates, ActivityStubs stubs,
			PayloadConverter converter) {
		return of(candidates, stubs, converter, name -> FailurePolicy.DEFAULT);
	}

	/**
	 * Builds the registry, with failure policies of the types' own.
	 * @param candidates types with {@code @Workflow} and classes that implement them; an
	 * interface without an implementation here is for clients only
	 * @param stubs makes the stubs that workflows take
	 * @param converter reads and writes arguments and results
	 * @param failurePolicies gives the policy for the name of a workflow type
	 * @return the registry
	 * @throws DefinitionException with all problems, if there are any
	 */
	public static WorkflowRegistry of(Collection<Class<?>> candidates, ActivityStubs stubs, PayloadConverter converter,
			Function<String, FailurePolicy> failurePolicies) {
		WorkflowRegistry registry = new WorkflowRegistry();
		registry.pair(candidates)
			.forEach((declared, implementations) -> registry.add(declared, implementations, stubs, converter,
					failurePolicies));
		if (!registry.problems.isEmpty()) {
			throw new DefinitionException(registry.problems.stream().distinct().toList());
		}
		return registry;
	}

	/**
	 * Finds a workflow type that runs here.
	 * @param type its name
	 * @return the definition, empty if it does not run here
	 */
	public Optional<WorkflowDefinition> find(String type) {
		return Optional.ofNullable(definitions.get(type));
	}

	/**
	 * Finds a workflow type that runs here.
	 * @param type its name
	 * @return the definition
	 * @throws WorkflowException with {@link ErrorCode#UNKNOWN_WORKFLOW_TYPE}
	 */
	public WorkflowDefinition require(String type) {
		WorkflowDefinition definition = definitions.get(type);
		if (definition == null) {
			throw new WorkflowException(ErrorCode.UNKNOWN_WORKFLOW_TYPE,
					"Expected a workflow type named '%s', but %s. Annotate its class with @Workflow and put it in a package that is scanned"
						.formatted(type, Names.known("workflow type", "workflow types", type, definitions.keySet())));
		}
		return definition;
	}

	/**
	 * Finds a workflow type that runs here.
	 * @param type the annotated class or interface, or its implementation
	 * @return the definition
	 * @throws WorkflowException with {@link ErrorCode#UNKNOWN_WORKFLOW_TYPE}
	 * @throws DefinitionException if the type is no workflow
	 */
	public WorkflowDefinition require(Class<?> type) {
		return require(clientType(type).workflowType());
	}

	/**
	 * Describes a workflow type to call it, whether or not it runs here.
	 * @param type a class or interface annotated with {@code @Workflow}, or an
	 * implementation
	 * @return the description
	 * @throws DefinitionException if it breaks a rule
	 */
	public ClientType clientType(Class<?> type) {
		return ClientType.of(type);
	}

	/**
	 * Names of the types that run here.
	 * @return the names in alphabetical order
	 */
	public Set<String> types() {
		return Collections.unmodifiableSet(definitions.keySet());
	}

	/**
	 * The types that run here.
	 * @return the definitions in alphabetical order of their names
	 */
	public Collection<WorkflowDefinition> definitions() {
		return Collections.unmodifiableCollection(definitions.values());
	}

	/** Concrete classes by the annotated type that names them. */
	private Map<Class<?>, List<Class<?>>> pair(Collection<Class<?>> candidates) {
		Map<Class<?>, List<Class<?>>> pairs = new LinkedHashMap<>();
		for (Class<?> candidate : candidates.stream().distinct().toList()) {
			Class<?> declared = WorkflowTypes.declaredType(candidate, problems);
			if (declared == null) {
				continue;
			}
			List<Class<?>> implementations = pairs.computeIfAbsent(declared, key -> new ArrayList<>());
			if (!Modifier.isAbstract(candidate.getModifiers())) {
				implementations.add(candidate);
			}
		}
		return pairs;
	}

	private void add(Class<?> declared, List<Class<?>> implementations, ActivityStubs stubs, PayloadConverter converter,
			Function<String, FailurePolicy> failurePolicies) {
		String name = WorkflowTypes.name(declared);
		Class<?> other = declaredTypes.putIfAbsent(name, declared);
		if (other != null) {
			problems.add(duplicateName(name, declared, other));
			return;
		}
		if (implementations.size() > 1) {
			problems.add(severalImplementations(name, declared, implementations));
			return;
		}
		WorkflowBlueprint blueprint = blueprint(declared, implementations);
		if (blueprint != null) {
			try {
				definitions.put(name, new WorkflowDefinition(blueprint, stubs, converter, failurePolicies.apply(name)));
			}
			catch (DefinitionException ex) {
				problems.addAll(ex.problems());
			}
		}
	}

	private @Nullable WorkflowBlueprint blueprint(Class<?> declared, List<Class<?>> implementations) {
		if (!implementations.isEmpty()) {
			return WorkflowBlueprint.of(declared, implementations.getFirst(), problems);
		}
		WorkflowBlueprint.describe(declared, problems);
		if (!declared.isInterface()) {
			problems.add(Problem.invalid(
					"Expected a class that extends the abstract workflow %s, but none was found"
						.formatted(declared.getName()),
					"Write one in a package that is scanned, or make %s an interface if it runs in another application"
						.formatted(declared.getSimpleName())));
		}
		return null;
	}

	private static Problem duplicateName(String name, Class<?> one, Class<?> other) {
		return Problem.duplicate(
				"Expected one workflow type named '%s', but there are %s and %s".formatted(name, other.getName(),
						one.getName()),
				"Give one of them another name: @Workflow(\"...\"); open runs keep the name they were started with");
	}

	private static Problem severalImplementations(String name, Class<?> declared, List<Class<?>> implementations) {
		return Problem.duplicate(
				"Expected one class for workflow type '%s' (%s), but there are %s".formatted(name, declared.getName(),
						String.join(" and ", implementations.stream().map(Class::getName).toList())),
				"Leave one of the classes in the packages that are scanned");
	}

}
