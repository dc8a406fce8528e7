package io.reprise.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * The command line, as the script {@code run} explains it.
 */
final class Arguments {

	private static final Set<String> NAMES = new TreeSet<>(
			List.of("--only", "--profile", "--warm-up", "--seconds", "--clients", "--sleepers", "--sleep", "--target"));

	private final Map<String, String> values = new HashMap<>();

	private final List<String> properties = new ArrayList<>();

	private Arguments() {
	}

	static Arguments parse(String... args) {
		Arguments arguments = new Arguments();
		for (int i = 0; i < args.length; i++) {
			String option = args[i];
			if (option.equals("--quick")) {
				continue;
			}
			i++;
			if (i == args.length) {
				throw new IllegalArgumentException("Expected a value after " + option);
			}
			arguments.add(option, args[i]);
		}
		return arguments;
	}

	private void add(String option, String value) {
		if (option.equals("--set")) {
			properties.add(value);
		}
		else if (NAMES.contains(option)) {
			values.put(option, value);
		}
		else {
			throw new IllegalArgumentException(
					"Expected --quick, --set or one of %s, but got %s".formatted(NAMES, option));
		}
		String cell = only();
		if (cell != null && Cells.all().stream().noneMatch((known) -> known.name().equals(cell))) {
			throw new IllegalArgumentException(
					"Expected a cell of %s, but got %s".formatted(Cells.all().stream().map(Cell::name).toList(), cell));
		}
	}

	/** Whether a cell is wanted. */
	boolean includes(Cell cell) {
		return only() == null || cell.name().equals(only());
	}

	/** The file for a recording, or {@code null} for none. */
	@Nullable Path profile() {
		String cell = values.get("--profile");
		return (cell != null) ? target().resolve("profile-%s.jfr".formatted(cell)) : null;
	}

	/** Time before each measurement. */
	Duration warmUp() {
		return seconds("--warm-up", "10");
	}

	/** Time of each measurement. */
	Duration measured() {
		return seconds("--seconds", "10");
	}

	/** How many clients a cell may have at most. */
	int clients() {
		return Integer.parseInt(values.getOrDefault("--clients", "256"));
	}

	/** Workflows of the timer cell. */
	int sleepers() {
		return Integer.parseInt(values.getOrDefault("--sleepers", "10000"));
	}

	/** How long each of them sleeps. */
	Duration sleep() {
		return seconds("--sleep", "5");
	}

	/** Where everything goes. */
	Path target() {
		return Path.of(values.getOrDefault("--target", "target"));
	}

	/** Further properties of the application, each as {@code key=value}. */
	List<String> properties() {
		return List.copyOf(properties);
	}

	private @Nullable String only() {
		return values.getOrDefault("--profile", values.get("--only"));
	}

	private Duration seconds(String option, String preset) {
		return Duration.ofMillis(Math.round(Double.parseDouble(values.getOrDefault(option, preset)) * 1_000));
	}

}
