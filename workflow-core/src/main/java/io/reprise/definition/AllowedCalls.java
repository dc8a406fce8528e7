package io.reprise.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.util.PatternMatchUtils;

/**
 * Which findings of the scan are allowed.
 */
final class AllowedCalls {

	private static final String ARROW = "->";

	private final List<String> patterns = new ArrayList<>();

	AllowedCalls(Map<String, String> reasons) {
		List<Problem> problems = new ArrayList<>();
		reasons.forEach((pattern, reason) -> {
			if (reason.isBlank()) {
				problems
					.add(Problem.invalid("Expected a reason why '%s' is allowed, but there is none".formatted(pattern),
							"Write why replays do not differ, or remove '%s'".formatted(pattern)));
			}
			patterns.add(normalize(pattern));
		});
		if (!problems.isEmpty()) {
			throw new DefinitionException(problems);
		}
	}

	boolean allows(Finding finding) {
		String place = normalize(finding.className() + "." + finding.method());
		String call = normalize(finding.call().replaceFirst("^new ", ""));
		return patterns.stream().anyMatch(pattern -> allows(pattern, place, call));
	}

	private static boolean allows(String pattern, String place, String call) {
		int arrow = pattern.indexOf(ARROW);
		if (arrow < 0) {
			return matches(pattern, place) || matches(pattern, call);
		}
		return matches(pattern.substring(0, arrow).trim(), place)
				&& matches(pattern.substring(arrow + ARROW.length()).trim(), call);
	}

	private static boolean matches(String pattern, String text) {
		return PatternMatchUtils.simpleMatch(pattern, text) || PatternMatchUtils.simpleMatch(pattern + ".*", text);
	}

	private static String normalize(String name) {
		return name.trim().replace('$', '.').replace('/', '.');
	}

}
