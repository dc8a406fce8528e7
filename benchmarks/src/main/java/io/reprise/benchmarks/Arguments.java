package io.reprise.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param only cells whose name contains this, or {@code null} for all
 * @param profile the file for a recording, or {@code null} for none
 * @param warmUp time before each measurement
 * @param measured time of each measurement
 * @param sleepers workflows of the timer cell
 * @param properties further properties of the application
 * @param target where everything goes
 */
public record Arguments(@Nullable String only, @Nullable Path profile, Duration warmUp, Duration measured, int sleepers,
		List<String> properties, Path target) {

	private static final int SLEEPERS = 10_000;

	static Arguments parse(String... args) {
		Path target = Path.of("target");
		Arguments result = new Arguments(null, null, Duration.ofSeconds(10), Duration.ofSeconds(10), SLEEPERS,
				List.of(), target);
		for (int i = 0; i < args.length; i++) {
			String option = args[i];
			if (option.equals("--quick")) {
				continue;
			}
			i++;
			if (i == args.length) {
				throw new IllegalArgumentException("Expected a value after " + option);
			}
			result = result.with(option, args[i]);
		}
		return result;
	}

	private Arguments with(String option, String value) {
		return switch (option) {
			case "--only" -> new Arguments(value, profile, warmUp, measured, sleepers, properties, target);
			case "--profile" -> new Arguments(value, target.resolve("profile-" + value + ".jfr"), warmUp, measured,
					sleepers, properties, target);
			case "--warm-up" -> new Arguments(only, profile, seconds(value), measured, sleepers, properties, target);
			case "--seconds" -> new Arguments(only, profile, warmUp, seconds(value), sleepers, properties, target);
			case "--target" -> new Arguments(only, profile, warmUp, measured, sleepers, properties, Path.of(value));
			case "--sleepers" -> new Arguments(only, profile, warmUp, measured, Integer.parseInt(value), properties,
					target);
			case "--set" -> {
				List<String> more = new ArrayList<>(properties);
				more.add(value);
				yield new Arguments(only, profile, warmUp, measured, sleepers, List.copyOf(more), target);
			}
			default -> throw new IllegalArgumentException(
					"Expected --quick, --only, --profile, --warm-up, --seconds, --sleepers or --set, but got "
							+ option);
		};
	}

	boolean includes(String cell) {
		return only == null || cell.equals(only);
	}

	private static Duration seconds(String text) {
		return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1_000));
	}

}
