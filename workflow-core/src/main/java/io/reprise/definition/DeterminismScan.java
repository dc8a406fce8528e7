package io.reprise.definition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.reprise.ErrorCode;

/**
 * Scans the bytecode of workflow classes for calls that differ from one replay to the
 * next, or that block: clocks, randomness, threads, locks, the surroundings, files and
 * the network. Looks into the class, what is nested in it, its lambdas, and the
 * supertypes that come from the same jar or directory; and follows its calls into the
 * application's other classes, those of the same jar, directory or package, but not into
 * libraries. What runs in {@code Workflows.sideEffect} is exempt.
 * <p>
 * Findings may be allowed, each with a reason, by
 * {@link io.reprise.AllowNonDeterminism @AllowNonDeterminism} or by a pattern. A pattern
 * names a class or a method of the workflow ({@code com.acme.ProcessOrder.run}), a call
 * ({@code java.lang.System.getProperty}), or both ({@code place -> call}); a class stands
 * for all it holds, and {@code *} for anything. Whatever a place that is named so calls
 * is allowed, too.
 */
public final class DeterminismScan {

	private final AllowedCalls allowed;

	/**
	 * Creates a scan.
	 * @param allowed reasons by pattern
	 * @throws DefinitionException if a reason is empty
	 */
	public DeterminismScan(Map<String, String> allowed) {
		this.allowed = new AllowedCalls(allowed);
	}

	/**
	 * Scans a workflow class.
	 * @param workflow the class that instances are made of
	 * @return what is not allowed, in the order of the code
	 */
	public List<Finding> scan(Class<?> workflow) {
		ScannedClasses classes = ScannedClasses.of(workflow);
		Set<String> exempt = SideEffects.exemptMethods(classes.code(), classes.allowed());
		List<CodeReader.Code> own = classes.code().stream().filter(code -> !exempt.contains(code.id())).toList();
		List<Finding> findings = new ArrayList<>();
		for (FollowedCalls.Place place : new FollowedCalls(classes).reach(own)) {
			List<String> path = place.path(classes);
			new MethodScan(place.code(), classes).findings().forEach(finding -> findings.add(finding.via(path)));
		}
		return findings.stream().distinct().filter(finding -> !allowed.allows(finding)).toList();
	}

	/**
	 * Scans all workflows of a registry.
	 * @param workflows the workflows
	 * @return what is not allowed, class by class
	 */
	public List<Finding> scan(WorkflowRegistry workflows) {
		Set<Finding> findings = new LinkedHashSet<>();
		workflows.definitions().forEach(workflow -> findings.addAll(scan(workflow.implementation())));
		return List.copyOf(findings);
	}

	/**
	 * Refuses workflows that are not deterministic.
	 * @param workflows the workflows
	 * @throws DefinitionException with {@link ErrorCode#FORBIDDEN_CALL} and all findings,
	 * if there are any
	 */
	public void refuse(WorkflowRegistry workflows) {
		List<Finding> findings = scan(workflows);
		if (!findings.isEmpty()) {
			throw new DefinitionException(problems(findings));
		}
	}

	/** One problem for each finding; actions that are the same are written once. */
	private static List<Problem> problems(Collection<Finding> findings) {
		Map<Finding, Problem> problems = new LinkedHashMap<>();
		for (Finding finding : findings) {
			problems.put(finding,
					new Problem(ErrorCode.FORBIDDEN_CALL,
							"Expected workflow code to do the same at every replay, but %s uses %s"
								.formatted(finding.route(), finding.call()),
							"Instead of %s use %s; or allow it with a reason: workflow.determinism.allow"
								.formatted(finding.call(), finding.instead())));
		}
		return List.copyOf(problems.values());
	}

}
