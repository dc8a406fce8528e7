package io.reprise.it.refused;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.reprise.ErrorCode;
import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowException;
import io.reprise.it.faults.TestDatabase;
import io.reprise.it.refused.activity.NoBean;
import io.reprise.it.refused.bean.WorkflowBean;
import io.reprise.it.refused.code.AsksTheClock;
import io.reprise.it.refused.constructor.AsksForABean;
import io.reprise.it.refused.handlers.WrongHandlers;
import io.reprise.it.refused.injected.Injects;
import io.reprise.it.refused.rivals.Rivals;
import io.reprise.it.refused.stubs.ClosedActivities;
import io.reprise.it.refused.twins.Twins;
import io.reprise.it.refused.types.ClosedTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Applications that are refused when they start, each with an explanation of all that is
 * wrong and what to do, and before anything is written. So they share a database, which
 * stays empty.
 */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RefusalSuite {

	private static final String ALLOW_CLOCK = "--workflow.determinism.allow.java.time.Instant.now=";

	private String url;

	abstract TestDatabase database();

	static Stream<Refusal> refusals() {
		return Stream.of(
				refusal(Twins.class, ErrorCode.DUPLICATE_DEFINITION,
						"Expected one workflow type named 'Twin', but there are "),
				refusal(Rivals.class, ErrorCode.DUPLICATE_DEFINITION,
						"Expected one bean for activity Mail.send, but there are "),
				refusal(NoBean.class, ErrorCode.INVALID_DEFINITION, "but no bean provides Stock.count"),
				refusal(AsksForABean.class, ErrorCode.INVALID_DEFINITION,
						"to be an activity, but javax.sql.DataSource has no @Activity",
						"to be left alone, but it has @Value, and a workflow is no bean"),
				refusal(WorkflowBean.class, ErrorCode.INVALID_ARGUMENT,
						"Expected workflow io.reprise.it.refused.bean.WorkflowBean$Greet to be no bean"),
				refusal(AsksTheClock.class, ErrorCode.FORBIDDEN_CALL, "java.time.Instant.now"),
				refusal(AsksTheClock.class, ErrorCode.INVALID_DEFINITION,
						"Expected a reason why 'java.time.Instant.now' is allowed, but there is none")
					.with(ALLOW_CLOCK),
				refusal(WrongHandlers.class, ErrorCode.INVALID_DEFINITION,
						"Expected one @Workflow.Signal named 'add' on ",
						"Ambiguous.closed() to be open to overriding, but it is final",
						"Expected @Workflow.Run method Hidden.run() to be public, but it is not",
						"Later.run() to return its result, but it returns a CompletableFuture",
						"Later.news() to return its result, but it returns a Publisher"),
				refusal(ClosedTypes.class, ErrorCode.INVALID_DEFINITION,
						"ClosedTypes$FinalType to be open to subclasses, but it is final",
						"ClosedTypes$RecordType to be open to subclasses, but it is a record",
						"ClosedTypes$SealedType to be open to subclasses, but it is sealed",
						"ClosedTypes$SealedContract to be open to subclasses, but it is sealed"),
				refusal(ClosedActivities.class, ErrorCode.INVALID_DEFINITION,
						"ClosedActivities$FinalType to be open to subclasses, but it is final",
						"ClosedActivities$SealedType to be open to subclasses, but it is sealed",
						"ClosedActivities$RecordType to be open to subclasses, but it is a record",
						"Methods.closed() to be open to overriding, but it is final",
						"Expected one method for activity Methods.twice, but it is overloaded",
						"Methods.later() to return its result, but it returns a CompletableFuture",
						"Expected activity Methods.hidden() to be public, but it is not",
						"Methods.hurried() to be a duration, but 'soon'",
						"ClosedActivities$NothingPublic to have activities, but no type"));
	}

	private static Refusal refusal(Class<?> application, ErrorCode code, String... descriptions) {
		return new Refusal(application, code, List.of(descriptions), List.of());
	}

	@BeforeAll
	void createDatabase() {
		url = database().createUrl(getClass());
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void shouldSayAllThatIsWrongAndWriteNothing(Refusal refusal, CapturedOutput output) {
		Throwable failure = catchThrowable(() -> start(refusal.application(), url, refusal.arguments()).close());

		assertThat(failure).isInstanceOfSatisfying(WorkflowException.class,
				(ex) -> assertThat(ex.code()).isEqualTo(refusal.code()));
		assertThat(analysis(output)).contains("Action:").contains(refusal.descriptions());
		assertThat(tables(url)).isZero();
	}

	@Test
	void shouldSayThatAWorkflowIsNoBean(CapturedOutput output) {
		assertThat(catchThrowable(() -> start(Injects.class, url, List.of()).close())).isNotNull();

		assertThat(analysis(output)).contains("asks for workflow io.reprise.it.refused.injected.Injects$Greet",
				"but a workflow is no bean", "Action:", "Inject io.reprise.WorkflowClient");
		assertThat(tables(url)).isZero();
	}

	/** Shows too that the tables would be seen if there were any. */
	@Test
	void shouldRunWhatIsAllowedWithAReason() {
		String own = database().createUrl(getClass());

		try (ConfigurableApplicationContext context = start(AsksTheClock.class, own,
				List.of(ALLOW_CLOCK + "tells the time and no more"))) {
			Boolean late = context.getBean(WorkflowClient.class)
				.start("Late", StartOptions.defaults(), Instant.EPOCH)
				.result(Boolean.class);
			assertThat(late).isTrue();
			assertThat(tables(own)).isPositive();
		}
	}

	private static ConfigurableApplicationContext start(Class<?> application, String url, List<String> arguments) {
		List<String> all = new ArrayList<>(List.of("--spring.datasource.url=" + url, "--spring.main.banner-mode=off",
				"--logging.level.root=warn"));
		all.addAll(arguments);
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run(all.toArray(String[]::new));
	}

	/** What the failure analysis says, not what the log shows of the exception. */
	private static String analysis(CapturedOutput output) {
		int start = output.getOut().indexOf("APPLICATION FAILED TO START");
		assertThat(start).as("start of the analysis").isNotNegative();
		return output.getOut().substring(start);
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

	/**
	 * How an application is refused.
	 *
	 * @param application the application
	 * @param code code of the exception
	 * @param descriptions what the start-up says, all of it at once
	 * @param arguments further arguments of the application
	 */
	record Refusal(Class<?> application, ErrorCode code, List<String> descriptions, List<String> arguments) {

		Refusal with(String argument) {
			return new Refusal(application, code, descriptions, List.of(argument));
		}

		@Override
		public String toString() {
			return application.getSimpleName() + (arguments.isEmpty() ? "" : " " + arguments);
		}

	}

}
