package io.reprise.definition;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NamesTests {

	@Test
	void shouldPutTheClosestFirst() {
		assertThat(Names.closest("ProcesOrder", List.of("Shipping", "ProcessOrder", "ProcessOrders")))
			.containsExactly("ProcessOrder", "ProcessOrders", "Shipping");
		assertThat(Names.closest("processorder", List.of("Zebra", "ProcessOrder"))).startsWith("ProcessOrder");
		assertThat(Names.closest("", List.of("ab", "a"))).containsExactly("a", "ab");
	}

	@Test
	void shouldShowTenAndCountTheRest() {
		List<String> names = IntStream.range(10, 25).mapToObj(i -> "W" + i).toList();
		assertThat(Names.known("type", "types", "W10", names)).startsWith("the known types are W10, ")
			.endsWith(" and 5 more");
		assertThat(Names.known("type", "types", "W10", List.of())).isEqualTo("there is no type here");
	}

}
