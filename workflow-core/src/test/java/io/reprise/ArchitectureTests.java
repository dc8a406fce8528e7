package io.reprise;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The directions between the packages of this module, and what no code here may do. The
 * reasons are in ARCHITECTURE.md; a new package needs a line in {@link #directions()}.
 */
class ArchitectureTests {

	private static final String API = "io.reprise";

	private static final String[] PURE = { "io.reprise.kernel..", "io.reprise.replay.." };

	private static final Path SOURCES = Path.of("src/main/java");

	private static final Pattern SYNCHRONIZED_BLOCK = Pattern.compile("\\bsynchronized\\s*\\(");

	private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(new MainClasses())
		.importPackages(API);

	static Stream<Arguments> directions() {
		return Stream.of(Arguments.of("", List.of()), Arguments.of("protocol", List.of("")),
				Arguments.of("spi", List.of("", "protocol")), Arguments.of("convert", List.of("", "protocol", "spi")),
				Arguments.of("kernel", List.of("", "protocol")),
				Arguments.of("replay", List.of("", "protocol", "spi", "convert")),
				Arguments.of("definition", List.of("", "protocol", "spi", "replay")),
				Arguments.of("engine", List.of("", "protocol", "spi", "kernel")),
				Arguments.of("worker", List.of("", "protocol", "spi", "convert", "replay", "definition")),
				Arguments.of("client",
						List.of("", "protocol", "spi", "convert", "kernel", "definition", "engine", "worker")),
				Arguments.of("jpa", List.of("", "protocol", "spi")));
	}

	@ParameterizedTest
	@MethodSource("directions")
	void shouldDependOnlyOnWhatItsDirectionAllows(String name, List<String> allowed) {
		String own = packageName(name);
		String[] others = Stream.concat(Stream.of(own), allowed.stream().map(ArchitectureTests::packageName))
			.toArray(String[]::new);

		classes().that()
			.resideInAPackage(own)
			.should()
			.onlyDependOnClassesThat(resideOutsideOfPackage("io.reprise..").or(resideInAnyPackage(others)))
			.check(CLASSES);
	}

	@Test
	void shouldHaveADirectionForEveryPackage() {
		Set<String> known = directions().map(direction -> packageName((String) direction.get()[0]))
			.collect(Collectors.toSet());

		assertThat(CLASSES.stream().map(JavaClass::getPackageName)).allMatch(known::contains);
	}

	@Test
	void shouldKeepKernelAndReplayApart() {
		noClasses().that()
			.resideInAPackage("io.reprise.kernel..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.reprise.replay..")
			.check(CLASSES);
		noClasses().that()
			.resideInAPackage("io.reprise.replay..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.reprise.kernel..")
			.check(CLASSES);
	}

	@Test
	void shouldKeepFrameworksOutOfKernelAndReplay() {
		noClasses().that()
			.resideInAnyPackage(PURE)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.slf4j..", "java.util.logging..", "org.apache.logging..", "org.springframework..",
					"jakarta..", "org.hibernate..", "org.apache.kafka..", "java.sql..", "javax.sql..", "java.net..",
					"java.nio.file..")
			.check(CLASSES);
	}

	@Test
	void shouldKeepClocksOutOfKernelAndReplay() {
		noClasses().that()
			.resideInAnyPackage(PURE)
			.should()
			.callMethod(Instant.class, "now")
			.orShould()
			.callMethod(Instant.class, "now", Clock.class)
			.orShould()
			.callMethod(System.class, "nanoTime")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(InstantSource.class)
			.check(CLASSES);
	}

	@Test
	void shouldKeepRandomnessOutOfKernelAndReplay() {
		noClasses().that()
			.resideInAnyPackage(PURE)
			.should()
			.callMethod(UUID.class, "randomUUID")
			.orShould()
			.callMethod(Math.class, "random")
			.orShould()
			.callMethod(System.class, "identityHashCode", Object.class)
			.orShould()
			.dependOnClassesThat(assignableTo(Random.class).or(assignableTo(SecureRandom.class))
				.or(assignableTo(ThreadLocalRandom.class))
				.or(assignableTo(SplittableRandom.class)))
			.check(CLASSES);
	}

	@Test
	void shouldKeepThreadsOutOfTheKernel() {
		noClasses().that()
			.resideInAPackage("io.reprise.kernel..")
			.should()
			.dependOnClassesThat(assignableTo(Thread.class).or(resideInAnyPackage("java.util.concurrent..")))
			.check(CLASSES);
	}

	@Test
	void shouldKeepTablesInOnePackage() {
		noClasses().that()
			.resideOutsideOfPackage("io.reprise.jpa..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "org.springframework.data..",
					"org.springframework.orm..", "org.springframework.jdbc..", "org.springframework.transaction..",
					"org.flywaydb..", "com.zaxxer.hikari..", "java.sql..", "javax.sql..")
			.check(CLASSES);
	}

	/**
	 * A second module of Spring Data changes how the host's own repositories are found.
	 */
	@Test
	void shouldUseNoModuleOfSpringData() {
		noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework.data..").check(CLASSES);
	}

	@Test
	void shouldAskNothingOfUsersOfTheApiButSpringAndLogging() {
		classes().that()
			.resideInAPackage(API)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(API, "java..", "org.jspecify..", "org.slf4j..", "org.springframework.stereotype",
					"org.springframework.core.annotation")
			.check(CLASSES);
	}

	@Test
	void shouldNotUseMonitors() throws IOException {
		methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(CLASSES);
		try (Stream<Path> files = Files.walk(SOURCES)) {
			assertThat(files.filter(file -> file.toString().endsWith(".java")))
				.noneMatch(file -> SYNCHRONIZED_BLOCK.matcher(read(file)).find());
		}
	}

	@Test
	void shouldMarkEveryPackageNullMarked() {
		Set<JavaPackage> packages = CLASSES.stream().map(JavaClass::getPackage).collect(Collectors.toSet());

		assertThat(packages).isNotEmpty().allMatch(each -> each.isAnnotatedWith(NullMarked.class));
	}

	@Test
	void shouldNotReadOrWriteSerializedObjects() {
		noClasses().should()
			.dependOnClassesThat(assignableTo(ObjectInputStream.class).or(assignableTo(ObjectOutputStream.class)))
			.check(CLASSES);
	}

	@Test
	void shouldNotWriteToTheConsole() {
		GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
	}

	@Test
	void shouldThrowNothingPublicButWorkflowExceptions() {
		classes().that(DescribedPredicate.describe("can be thrown", type -> type.isAssignableTo(Throwable.class)))
			.and()
			.arePublic()
			.should()
			.beAssignableTo(WorkflowException.class)
			.check(CLASSES);
	}

	private static String packageName(String name) {
		return name.isEmpty() ? API : API + "." + name;
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Classes whose source is this module's own, wherever a build puts them.
	 */
	private static final class MainClasses implements ImportOption {

		@Override
		public boolean includes(Location location) {
			String path = location.asURI().toString();
			int start = path.lastIndexOf("/io/reprise/");
			if (start < 0) {
				return false;
			}
			String topLevel = path.substring(start + 1).replaceFirst("(\\$.*)?\\.class$", ".java");
			return Files.exists(SOURCES.resolve(topLevel));
		}

	}

}
