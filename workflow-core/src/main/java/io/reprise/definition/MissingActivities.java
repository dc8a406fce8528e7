package io.reprise.definition;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares what workflows take with what beans provide. Where activities may run in other
 * applications a difference is no error; where all run in one, {@link #refuse} is called
 * at start-up.
 */
public final class MissingActivities {

	private MissingActivities() {
	}

	/**
	 * Finds what nobody provides.
	 * @param workflows the workflows
	 * @param activities the activities
	 * @return the missing ones in order of workflow and place
	 */
	public static Set<MissingActivity> find(WorkflowRegistry workflows, ActivityRegistry activities) {
		Set<MissingActivity> missing = new LinkedHashSet<>();
		for (WorkflowDefinition workflow : workflows.definitions()) {
			for (InjectionPoint point : workflow.injectionPoints()) {
				for (ActivityMethod method : ActivityType.of(point.type()).methods()) {
					if (activities.find(method.activity()).isEmpty()) {
						missing.add(new MissingActivity(workflow.workflowType(), point.place(), point.type(),
								method.activity()));
					}
				}
			}
		}
		return missing;
	}

	/**
	 * Refuses what nobody provides.
	 * @param workflows the workflows
	 * @param activities the activities
	 * @throws DefinitionException that names workflow, place and what to annotate, if
	 * anything is missing
	 */
	public static void refuse(WorkflowRegistry workflows, ActivityRegistry activities) {
		Map<String, Set<MissingActivity>> byPlace = new LinkedHashMap<>();
		find(workflows, activities)
			.forEach(missing -> byPlace.computeIfAbsent(missing.place(), key -> new LinkedHashSet<>()).add(missing));
		if (!byPlace.isEmpty()) {
			throw new DefinitionException(byPlace.values().stream().map(MissingActivities::problem).toList());
		}
	}

	private static Problem problem(Collection<MissingActivity> missing) {
		MissingActivity first = missing.iterator().next();
		Class<?> type = first.activityType();
		List<String> names = List.copyOf(new TreeSet<>(missing.stream().map(MissingActivity::activity).toList()));
		String subject = type.getSimpleName();
		return Problem.invalid(
				"Expected a bean for the activities of %s, which workflow '%s' takes (%s), but no bean provides %s"
					.formatted(type.getName(), first.workflowType(), first.place(), String.join(", ", names)),
				type.isInterface()
						? "Declare a bean whose class implements %s, for instance with @Component".formatted(subject)
						: "Let %s be a bean: annotate it with @Activity and put it in a package that is scanned"
							.formatted(subject));
	}

}
