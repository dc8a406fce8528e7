package io.reprise.it.refused;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.stream.Stream;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.it.refused.activity.NoBean;
import io.reprise.it.refused.code.AsksTheClock;
import io.reprise.it.refused.constructor.AsksForABean;
import io.reprise.it.refused.handlers.Overloaded;
import io.reprise.it.refused.injected.Injects;
import io.reprise.it.refused.twins.Twins;
import io.reprise.it.refused.types.NoSubclass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Applications that are refused when they start, each with an explanation of what is
 * wrong and what to do, and before anything is written. That does not depend on the
 * database: the definitions are checked first.
 */
@ExtendWith(OutputCaptureExtension.class)
class RefusedApplicationIT {

	static Stream<Arguments> applications() {
		return Stream.of(
				Arguments.of(Twins.class, ErrorCode.DUPLICATE_DEFINITION,
						"Expected one workflow type named 'Twin', but there are "),
				Arguments.of(NoBean.class, ErrorCode.INVALID_DEFINITION, "but no bean provides Stock.count"),
				Arguments.of(AsksForABean.class, ErrorCode.INVALID_DEFINITION,
						"to be an activity, but javax.sql.DataSource has no @Activity"),
				Arguments.of(AsksTheClock.class, ErrorCode.FORBIDDEN_CALL, "java.time.Instant.now"),
				Arguments.of(Overloaded.class, ErrorCode.INVALID_DEFINITION,
						"Expected one @Workflow.Signal named 'add' on "),
				Arguments.of(NoSubclass.class, ErrorCode.INVALID_DEFINITION,
						"to be open to subclasses, but it is final"));
	}

	@ParameterizedTest
	@MethodSource("applications")
	void shouldSayWhatIsWrongAndWriteNothing(Class<?> application, ErrorCode code, String description,
			CapturedOutput output) {
		String url = newDatabase();

		Throwable failure = start(application, url);

		assertThat(failure).isInstanceOfSatisfying(WorkflowException.class,
				(ex) -> assertThat(ex.code()).isEqualTo(code));
		assertThat(output).contains("APPLICATION FAILED TO START", description, "Action:");
		assertThat(tables(url)).isZero();
	}

	@Test
	void shouldSayThatAWorkflowIsNoBean(CapturedOutput output) {
		String url = newDatabase();

		assertThat(start(Injects.class, url)).isNotNull();

		assertThat(output).contains("asks for workflow io.reprise.it.refused.injected.Injects$Greet",
				"but a workflow is no bean", "Action:", "Inject io.reprise.WorkflowClient");
		assertThat(tables(url)).isZero();
	}

	@Test
	void shouldNameEveryProblemAtOnce(CapturedOutput output) {
		start(Overloaded.class, newDatabase());

		assertThat(output).contains("named 'add'").contains("closed").contains("final");
	}

	private static Throwable start(Class<?> application, String url) {
		return catchThrowable(() -> new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run("--spring.datasource.url=" + url, "--spring.main.banner-mode=off", "--logging.level.root=warn")
			.close());
	}

	private static String newDatabase() {
		return "jdbc:h2:file:" + Path.of("target", "h2", "refused-" + UUID.randomUUID()).toAbsolutePath();
	}

	private static long tables(String url) {
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement();
				ResultSet rows = statement
					.executeQuery("select count(*) from information_schema.tables where table_type = 'BASE TABLE' "
							+ "and lower(table_name) like 'workflow%'")) {
			rows.next();
			return rows.getLong(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Expected to look into " + url, ex);
		}
	}

}
