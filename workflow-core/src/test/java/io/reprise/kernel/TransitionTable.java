package io.reprise.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each state makes of each stimulus, as text: a column per state, a row per
 * stimulus. There is a test for every pair, so a cell that nobody wrote fails.
 */
final class TransitionTable<S extends Enum<S>, C extends Enum<C>> {

	private final Class<S> states;

	private final Class<C> stimuli;

	private final Map<String, List<String>> rows = new LinkedHashMap<>();

	private final List<String> columns;

	TransitionTable(Class<S> states, Class<C> stimuli, String text) {
		this.states = states;
		this.stimuli = stimuli;
		List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
		columns = cells(lines.getFirst());
		lines.stream().skip(1).forEach(line -> rows.put(line.split("\\|", -1)[0].strip(), cells(line)));
	}

	Stream<DynamicTest> tests(BiFunction<S, C, String> actual) {
		List<DynamicTest> tests = new ArrayList<>();
		tests.add(DynamicTest.dynamicTest("has no unknown rows or columns", () -> {
			assertThat(columns).containsExactlyElementsOf(names(states));
			assertThat(rows.keySet()).containsExactlyElementsOf(names(stimuli));
		}));
		for (S state : states.getEnumConstants()) {
			for (C stimulus : stimuli.getEnumConstants()) {
				tests.add(DynamicTest.dynamicTest(state + " × " + stimulus,
						() -> assertThat(actual.apply(state, stimulus)).isEqualTo(expected(state, stimulus))));
			}
		}
		return tests.stream();
	}

	private String expected(S state, C stimulus) {
		List<String> row = rows.getOrDefault(stimulus.name(), List.of());
		int column = columns.indexOf(state.name());
		String cell = (column >= 0 && column < row.size()) ? row.get(column) : "";
		assertThat(cell).as("the cell of %s and %s", state, stimulus).isNotEmpty();
		return cell;
	}

	private static List<String> cells(String line) {
		return Arrays.stream(line.split("\\|", -1)).skip(1).map(cell -> cell.strip().replaceAll("\\s+", " ")).toList();
	}

	private static List<String> names(Class<? extends Enum<?>> type) {
		return Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
	}

	/**
	 * Describes a decision: the state it leads to, the events in brackets, then the
	 * effects of interest.
	 */
	static String describe(Decision decision, Enum<?> stateAfter, String effects) {
		return switch (decision) {
			case Decision.Accepted accepted -> (stateAfter + " "
					+ accepted.events()
						.stream()
						.map(event -> event.getClass().getSimpleName())
						.filter(name -> !name.equals("WorkflowTaskCompleted"))
						.collect(Collectors.joining(" "))
					+ " " + effects)
				.strip()
				.replaceAll("\\s+", " ");
			case Decision.Duplicate ignored -> "Duplicate";
			case Decision.Stale stale -> stale.redispatch() ? "Stale again" : "Stale";
			case Decision.Rejected rejected -> rejected.code().name();
		};
	}

}
