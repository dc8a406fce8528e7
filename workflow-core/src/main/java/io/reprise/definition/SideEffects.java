package io.reprise.definition;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which methods run in {@code Workflows.sideEffect} only: lambdas and private methods
 * that nothing but side effects refer to.
 */
final class SideEffects {

	private SideEffects() {
	}

	/**
	 * Finds them.
	 * @param code all methods of a workflow
	 * @param allowed methods that may do anything
	 * @return ids of the methods not to be scanned, these included
	 */
	static Set<String> exemptMethods(Collection<CodeReader.Code> code, Set<String> allowed) {
		Map<String, Set<String>> callers = new HashMap<>();
		Set<String> handedOver = new HashSet<>();
		for (CodeReader.Code caller : code) {
			for (CodeReader.Use use : caller.uses()) {
				if (use.sideEffect()) {
					handedOver.add(use.id());
				}
				else {
					callers.computeIfAbsent(use.id(), key -> new HashSet<>()).add(caller.id());
				}
			}
		}
		List<String> hidden = code.stream().filter(CodeReader.Code::isHidden).map(CodeReader.Code::id).toList();
		return closure(hidden, callers, handedOver, allowed);
	}

	/** A method is exempt if it is used, and by side effects or exempt methods alone. */
	private static Set<String> closure(List<String> hidden, Map<String, Set<String>> callers, Set<String> handedOver,
			Set<String> allowed) {
		Set<String> exempt = new HashSet<>(allowed);
		boolean grown = true;
		while (grown) {
			grown = false;
			for (String method : hidden) {
				Set<String> others = new HashSet<>(callers.getOrDefault(method, Set.of()));
				others.remove(method);
				boolean used = handedOver.contains(method) || !others.isEmpty();
				if (used && exempt.containsAll(others) && exempt.add(method)) {
					grown = true;
				}
			}
		}
		return exempt;
	}

}
