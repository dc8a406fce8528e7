package io.reprise.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.reprise.AllowNonDeterminism;

import org.springframework.asm.AnnotationVisitor;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.util.PatternMatchUtils;

/**
 * Which findings of the scan are allowed.
 */
final class AllowedCalls {

	private static final String ANNOTATION = "Lio/reprise/AllowNonDeterminism;";

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

	static boolean isAnnotation(String descriptor) {
		return descriptor.equals(ANNOTATION);
	}

	/** What reads {@link AllowNonDeterminism}. */
	static AnnotationVisitor reasonReader(Runnable allow) {
		return new AnnotationVisitor(SpringAsmInfo.ASM_VERSION) {

			@Override
			public void visit(String name, Object value) {
				if (!value.toString().isBlank()) {
					allow.run();
				}
			}

		};
	}

	/** By its own place, or by one of those on the way to it. */
	boolean allows(Finding finding) {
		String call = normalize(finding.call().replaceFirst("^new ", ""));
		return Stream.concat(Stream.of(finding.className() + "." + finding.method()), finding.path().stream())
			.map(place -> normalize((place.indexOf('(') > 0) ? place.substring(0, place.indexOf('(')) : place))
			.anyMatch(place -> patterns.stream().anyMatch(pattern -> allows(pattern, place, call)));
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
