package io.reprise.it;

import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.reprise.WorkflowException;
import io.reprise.kernel.Limits;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the starter and the test kit may use. The directions inside the core are tested
 * there; the reasons are in ARCHITECTURE.md.
 */
class ModuleArchitectureTests {

	private static final String STARTER = "io.reprise.boot..";

	private static final String TEST_KIT = "io.reprise.testkit..";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.reprise.boot", "io.reprise.testkit");

	@Test
	void shouldKeepTheStarterOutOfTheKernel() {
		noClasses().that()
			.resideInAPackage(STARTER)
			.should()
			.dependOnClassesThat(resideInAPackage("io.reprise.kernel..").and(not(equivalentTo(Limits.class))))
			.check(CLASSES);
	}

	@Test
	void shouldKeepTablesOutOfTheStarter() {
		noClasses().that()
			.resideInAPackage(STARTER)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "org.springframework.data..",
					"org.springframework.orm..", "org.springframework.jdbc..", "org.flywaydb..", "java.sql..")
			.check(CLASSES);
	}

	@Test
	void shouldKeepDatabasesOutOfTheTestKit() {
		noClasses().that()
			.resideInAPackage(TEST_KIT)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.reprise.jpa..", "jakarta.persistence..", "java.sql..", "javax.sql..")
			.check(CLASSES);
	}

	@Test
	void shouldKeepTheTestKitOutOfTheStarter() {
		noClasses().that()
			.resideInAPackage(STARTER)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(TEST_KIT, "org.junit..", "org.assertj..")
			.check(CLASSES);
	}

	@Test
	void shouldNotUseSynchronizedMethods() {
		methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(CLASSES);
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
			.should()
			.beAssignableTo(WorkflowException.class)
			.allowEmptyShould(true)
			.check(CLASSES);
	}

}
