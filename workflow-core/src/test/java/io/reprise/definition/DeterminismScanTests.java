package io.reprise.definition;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.reprise.ErrorCode;
import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.definition.scan.FollowedFixtures;
import io.reprise.definition.scan.ForbiddenConcurrency;
import io.reprise.definition.scan.ForbiddenSurroundings;
import io.reprise.definition.scan.ForbiddenTimeAndRandomness;
import io.reprise.definition.scan.ScanFixtures;
import io.reprise.definition.scan.Uses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class DeterminismScanTests {

	@ParameterizedTest
	@ValueSource(
			classes = { ForbiddenTimeAndRandomness.class, ForbiddenConcurrency.class, ForbiddenSurroundings.class })
	void shouldFindEveryForbiddenCallAndNothingElse(Class<?> workflow) {
		Map<String, Set<String>> expected = new TreeMap<>();
		for (Method method : workflow.getDeclaredMethods()) {
			Uses uses = method.getAnnotation(Uses.class);
			if (uses != null) {
				expected.put(method.getName(), new TreeSet<>(Arrays.asList(uses.value())));
			}
		}
		if (workflow == ForbiddenSurroundings.class) {
			expected.put("<clinit>", Set.of("java.lang.System.getenv"));
		}
		Map<String, Set<String>> found = new TreeMap<>();
		scan(workflow)
			.forEach(finding -> found.computeIfAbsent(finding.method(), key -> new TreeSet<>()).add(finding.call()));
		assertThat(found).isEqualTo(expected);
		assertThat(expected).hasSizeGreaterThan(5);
	}

	@Test
	void shouldTellWhereAndWhatInstead() {
		assertThat(scan(ForbiddenTimeAndRandomness.class)).filteredOn(finding -> finding.method().equals("uuid"))
			.singleElement()
			.satisfies(finding -> assertThat(finding.line()).isPositive())
			.satisfies(finding -> assertThat(finding.toString()).matches(
					"io.reprise.definition.scan.ForbiddenTimeAndRandomness.uuid\\(ForbiddenTimeAndRandomness.java:\\d+\\)"
							+ " uses java.util.UUID.randomUUID; use Workflows.randomUuid\\(\\)"));
		assertThat(instead(ForbiddenTimeAndRandomness.class, "run")).isEqualTo("Workflows.now()");
		assertThat(instead(ForbiddenTimeAndRandomness.class, "math")).isEqualTo("Workflows.random()");
		assertThat(instead(ForbiddenConcurrency.class, "run"))
			.isEqualTo("Workflows.sleep(...) or Workflows.await(...)");
		assertThat(instead(ForbiddenConcurrency.class, "synchronizedBlock")).startsWith("no lock");
		assertThat(instead(ForbiddenSurroundings.class, "payments")).isEqualTo("the stub that the constructor takes");
	}

	@Test
	void shouldAcceptDeterministicCode() {
		assertThat(scan(ScanFixtures.Deterministic.class)).isEmpty();
	}

	@Test
	void shouldExemptSideEffects() {
		assertThat(scan(ScanFixtures.WithSideEffects.class)).isEmpty();
	}

	@Test
	void shouldNotExemptWhatIsAlsoUsedElsewhere() {
		assertThat(scan(ScanFixtures.WithSharedHelper.class)).extracting(Finding::method, Finding::call)
			.containsExactlyInAnyOrder(tuple("shared", "java.lang.System.getProperty"),
					tuple("open", "java.util.UUID.randomUUID"));
	}

	@Test
	void shouldLookIntoNestedLocalAndAnonymousClasses() {
		assertThat(scan(ScanFixtures.WithNestedClasses.class)).extracting(Finding::call)
			.containsExactlyInAnyOrder("java.lang.Math.random", "java.lang.System.currentTimeMillis",
					"java.util.UUID.randomUUID");
	}

	@Test
	void shouldLookIntoSupertypesOfTheSameSource() {
		assertThat(scan(ScanFixtures.Inheriting.class)).extracting(Finding::method)
			.containsExactlyInAnyOrder("inherited", "byDefault");
	}

	@Test
	void shouldLookIntoInitializers() {
		assertThat(scan(ScanFixtures.WithInitializers.class)).extracting(Finding::method, Finding::call)
			.containsExactlyInAnyOrder(tuple("<clinit>", "java.lang.System.currentTimeMillis"),
					tuple("<clinit>", "java.util.UUID.randomUUID"), tuple("<init>", "java.lang.System.nanoTime"));
	}

	@Test
	void shouldFollowCallsIntoTheClassesOfTheApplication() {
		assertThat(scan(FollowedFixtures.CallsHelpers.class))
			.extracting(finding -> finding.className().substring("io.reprise.definition.scan.".length()),
					Finding::method, Finding::call)
			.containsExactlyInAnyOrder(tuple("Costs", "surcharge", "java.lang.Math.random"),
					tuple("Shuffling", "compare", "new java.util.Random"),
					tuple("Labels", "print", "java.lang.System.getProperty"),
					tuple("Dear$1", "toString", "java.lang.System.getenv"),
					tuple("Receipt", "number", "java.lang.System.currentTimeMillis"),
					tuple("Mode", "<clinit>", "java.lang.System.nanoTime"));
	}

	@Test
	void shouldTellHowTheWorkflowGetsThere() {
		String place = "io.reprise.definition.scan.";

		assertThat(scan(FollowedFixtures.CallsHelpers.class)).filteredOn(finding -> finding.call().endsWith(".random"))
			.singleElement()
			.satisfies(finding -> assertThat(finding.path().stream().map(call -> call.replaceAll(":\\d+", ":n")))
				.containsExactly(place + "FollowedFixtures$CallsHelpers.run(FollowedFixtures.java:n)",
						place + "Prices.total(Prices.java:n)", place + "Costs.base(Costs.java:n)"))
			.satisfies(finding -> assertThat(finding.toString().replaceAll(":\\d+", ":n")).isEqualTo(
					place + "Costs.surcharge(Costs.java:n), called by " + place + "Costs.base(Costs.java:n), called by "
							+ place + "Prices.total(Prices.java:n), called by " + place
							+ "FollowedFixtures$CallsHelpers.run(FollowedFixtures.java:n) uses java.lang.Math.random; "
							+ "use Workflows.random()"));
	}

	@Test
	void shouldNotFollowSideEffectsBeansAndWhatIsAllowed() {
		assertThat(scan(FollowedFixtures.CallsHarmlessHelpers.class)).isEmpty();
		assertThat(scan(FollowedFixtures.CallsBeans.class)).isEmpty();
		assertThat(scan(FollowedFixtures.CallsHelpers.class, "io.reprise.definition.scan.Prices")).hasSize(5)
			.extracting(Finding::call)
			.doesNotContain("java.lang.Math.random");
	}

	@Test
	void shouldAllowByAnnotationWithAReason() {
		assertThat(scan(FollowedFixtures.AllowsItself.class)).extracting(Finding::method).containsExactly("query");
	}

	@Test
	void shouldAllowByPlaceCallOrBoth() {
		Class<?> workflow = ScanFixtures.WithInitializers.class;
		String place = "io.reprise.definition.scan.ScanFixtures.WithInitializers";
		assertThat(scan(workflow, place)).isEmpty();
		assertThat(scan(workflow, workflow.getName())).isEmpty();
		assertThat(scan(workflow, place + ".<clinit>")).extracting(Finding::method).containsExactly("<init>");
		assertThat(scan(workflow, "java.lang.System.nanoTime")).hasSize(2);
		assertThat(scan(workflow, "java.lang.System")).extracting(Finding::call)
			.containsExactly("java.util.UUID.randomUUID");
		assertThat(scan(workflow, "io.reprise.*")).isEmpty();
		assertThat(scan(workflow, place + " -> java.util.UUID.randomUUID")).hasSize(2);
		assertThat(scan(workflow, place + ".<init> -> java.util.UUID.randomUUID")).hasSize(3);
		assertThat(scan(workflow, "* -> *.nanoTime")).hasSize(2);
		assertThat(scan(workflow, "com.acme")).hasSize(3);
		assertThat(scan(ForbiddenTimeAndRandomness.class, "java.util.Date")).extracting(Finding::call)
			.doesNotContain("new java.util.Date");
	}

	@Test
	void shouldAskForReasons() {
		assertThatExceptionOfType(DefinitionException.class)
			.isThrownBy(() -> new DeterminismScan(Map.of("java.lang.System", " ")))
			.withMessageContaining("Expected a reason why 'java.lang.System' is allowed, but there is none");
	}

	@Test
	void shouldRefuseWorkflowsWithAllFindings() {
		WorkflowRegistry workflows = WorkflowRegistry.of(List.of(ScanFixtures.Inheriting.class,
				ScanFixtures.WithInitializers.class, ScanFixtures.Deterministic.class), new ActivityStubs(),
				JacksonPayloadConverter.withDefaults());
		assertThatExceptionOfType(DefinitionException.class)
			.isThrownBy(() -> new DeterminismScan(Map.of()).refuse(workflows))
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.FORBIDDEN_CALL))
			.satisfies(ex -> assertThat(ex.problems()).hasSize(5))
			.satisfies(ex -> assertThat(ex.description())
				.contains("Expected workflow code to do the same at every replay, but ")
				.contains("BaseWorkflow.inherited(ScanFixtures.java:"))
			.satisfies(ex -> assertThat(ex.action()).contains(
					"Instead of java.util.UUID.randomUUID use Workflows.randomUuid(); or allow it with a reason: workflow.determinism.allow"));
		assertThatNoException()
			.isThrownBy(() -> new DeterminismScan(Map.of("io.reprise.definition.scan", "fixtures")).refuse(workflows));
	}

	private static org.assertj.core.groups.Tuple tuple(Object... values) {
		return org.assertj.core.groups.Tuple.tuple(values);
	}

	private static String instead(Class<?> workflow, String method) {
		return scan(workflow).stream()
			.filter(finding -> finding.method().equals(method))
			.findFirst()
			.orElseThrow()
			.instead();
	}

	private static List<Finding> scan(Class<?> workflow) {
		return new DeterminismScan(Map.of()).scan(workflow);
	}

	private static List<Finding> scan(Class<?> workflow, String allowed) {
		return new DeterminismScan(Map.of(allowed, "for the test")).scan(workflow);
	}

}
