package io.reprise.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * The command line, as the script {@code run} explains it.
 */
final class Arguments {

	/** What who measures has to know, in which process ever. */
	private static final Set<String> MEASURING = new TreeSet<>(
			List.of("--warm-up", "--seconds", "--clients", "--sleepers", "--sleep", "--events", "--rate", "--target"));

	private static final Set<String> CHOOSING = new TreeSet<>(
			List.of("--only", "--profile", "--peers", "--rounds", "--open-runs", "--closed-runs"));

	private static final Set<String> FLAGS = new TreeSet<>(List.of("--quick", "--peers-only", "--long"));

	private final Map<String, String> values = new HashMap<>();

	private final Set<String> flags = new HashSet<>();

	private final List<String> properties = new ArrayList<>();

	private Arguments() {
	}

	static Arguments parse(String... args) {
		Arguments arguments = new Arguments();
		for (int i = 0; i < args.length; i++) {
			String option = args[i];
			if (FLAGS.contains(option)) {
				arguments.flags.add(option);
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
		else if (MEASURING.contains(option) || CHOOSING.contains(option)) {
			values.put(option, value);
		}
		else {
			throw new IllegalArgumentException(
					"Expected --set or one of %s, %s or %s, but got %s".formatted(FLAGS, CHOOSING, MEASURING, option));
		}
		String cell = only();
		if (cell != null && !millionsAlone()) {
			Cells.named(cell);
		}
	}

	/** What a process needs that measures one system. */
	List<String> forChildren() {
		List<String> args = new ArrayList<>();
		MEASURING.stream().filter(values::containsKey).forEach((option) -> {
			args.add(option);
			args.add(values.getOrDefault(option, ""));
		});
		properties.forEach((property) -> args.addAll(List.of("--set", property)));
		return args;
	}

	/** Whether a cell is wanted. */
	boolean includes(String cell) {
		return only() == null || cell.equals(only());
	}

	/** Whether the figures on millions of runs are wanted. */
	boolean millions() {
		return flags.contains("--long") || millionsAlone();
	}

	/** Whether nothing else is. */
	boolean millionsAlone() {
		return LongRuns.OPEN.equals(only()) || LongRuns.CLOSED.equals(only());
	}

	/** Runs that sleep in the database. */
	long openRuns() {
		return Long.parseLong(values.getOrDefault("--open-runs", "1000000"));
	}

	/** Runs that have ended in the database. */
	long closedRuns() {
		return Long.parseLong(values.getOrDefault("--closed-runs", "10000000"));
	}

	/** How many times the full database and the empty one take their turn. */
	int longRounds() {
		return Integer.parseInt(values.getOrDefault("--rounds", "3"));
	}

	/** The others that are wanted beside our own. */
	Set<Contender> peers() {
		EnumSet<Contender> peers = EnumSet.noneOf(Contender.class);
		if (flags.contains("--quick") || profile() != null) {
			return peers;
		}
		String names = values.getOrDefault("--peers", "dbos,restate,temporal");
		Arrays.stream(names.toUpperCase(Locale.ROOT).split(",")).map(Contender::valueOf).forEach(peers::add);
		return peers;
	}

	/** Whether our own is wanted. */
	boolean ours() {
		return !flags.contains("--peers-only");
	}

	/** How many times each system takes its turn. */
	int rounds() {
		return (peers().isEmpty() || millionsAlone()) ? 1 : Integer.parseInt(values.getOrDefault("--rounds", "3"));
	}

	/** The file for a recording, or {@code null} for none. */
	@Nullable Path profile() {
		String cell = values.get("--profile");
		return (cell != null) ? target().resolve("profile-%s.jfr".formatted(cell)) : null;
	}

	/** Time before each measurement. */
	Duration warmUp() {
		return seconds("--warm-up", "6");
	}

	/** Time of each measurement. */
	Duration measured() {
		return seconds("--seconds", "6");
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

	/** Events of the history of the replay cell. */
	int events() {
		return Integer.parseInt(values.getOrDefault("--events", "50000"));
	}

	/** Callers a second that do not wait for each other; 0 for a closed loop. */
	int rate() {
		return Integer.parseInt(values.getOrDefault("--rate", "0"));
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
