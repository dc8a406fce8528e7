package io.reprise.definition;

import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.List;

import io.reprise.ActivityOptions;
import io.reprise.ActivitySettings;
import io.reprise.Placement;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Turns {@link ActivityOptions} into settings.
 */
final class OptionsReader {

	private final List<Problem> problems;

	OptionsReader(List<Problem> problems) {
		this.problems = problems;
	}

	/**
	 * The settings an element is annotated with, or one that it overrides or implements.
	 * @param element a method, type, parameter or field
	 * @param place the element as messages name it
	 * @return the settings; without a value where nothing is said
	 */
	ActivitySettings read(AnnotatedElement element, String place) {
		ActivityOptions options = AnnotatedElementUtils.findMergedAnnotation(element, ActivityOptions.class);
		return (options != null) ? read(options, place) : ActivitySettings.none();
	}

	private ActivitySettings read(ActivityOptions options, String place) {
		return new ActivitySettings(duration(place, "startToCloseTimeout", options.startToCloseTimeout()),
				duration(place, "scheduleToCloseTimeout", options.scheduleToCloseTimeout()),
				duration(place, "scheduleToStartTimeout", options.scheduleToStartTimeout()),
				duration(place, "heartbeatTimeout", options.heartbeatTimeout()),
				attempts(place, options.maximumAttempts()),
				duration(place, "initialInterval", options.initialInterval()),
				coefficient(place, options.backoffCoefficient()),
				duration(place, "maximumInterval", options.maximumInterval()),
				(options.nonRetryable().length > 0) ? List.of(options.nonRetryable()) : null,
				placement(place, options.placement()));
	}

	private @Nullable Duration duration(String place, String option, String text) {
		if (text.isBlank()) {
			return null;
		}
		try {
			return Durations.parse(text);
		}
		catch (IllegalArgumentException ex) {
			problems.add(Problem.invalid(
					"Expected %s of @ActivityOptions on %s to be a duration, but %s".formatted(option, place,
							ex.getMessage()),
					"Write a positive duration such as \"500ms\", \"10s\", \"5m\", \"2h\", \"1d\" or \"PT1H\""));
			return null;
		}
	}

	private @Nullable Integer attempts(String place, int attempts) {
		if (attempts < -1) {
			problems.add(
					Problem.invalid(
							"Expected maximumAttempts of @ActivityOptions on %s to be 0 or more, but it is %d"
								.formatted(place, attempts),
							"Write the number of attempts, 0 for no limit, or leave it out"));
		}
		return (attempts >= 0) ? attempts : null;
	}

	private @Nullable Placement placement(String place, Placement[] placements) {
		if (placements.length > 1) {
			problems.add(Problem.invalid("Expected at most one placement of @ActivityOptions on %s, but there are %d"
				.formatted(place, placements.length), "Write one, or leave it out"));
		}
		return (placements.length > 0) ? placements[0] : null;
	}

	private @Nullable Double coefficient(String place, double coefficient) {
		if (coefficient != 0 && !(coefficient >= 1)) {
			problems.add(Problem
				.invalid("Expected backoffCoefficient of @ActivityOptions on %s to be at least 1, but it is %s"
					.formatted(place, coefficient), "Write a factor of at least 1, or leave it out"));
		}
		return (coefficient >= 1) ? coefficient : null;
	}

}
