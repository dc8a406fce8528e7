package io.reprise.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.WorkflowClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every application that the starter is added to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HostSuite {

	private final Class<?> application;

	private final HostDatabase database;

	private final String[] properties;

	private ConfigurableApplicationContext context;

	protected HostSuite(Class<?> application, HostDatabase database, String... properties) {
		this.application = application;
		this.database = database;
		this.properties = properties;
	}

	@BeforeAll
	void start() {
		context = start(true);
	}

	@AfterAll
	void stop() {
		if (context != null) {
			context.close();
		}
	}

	private ConfigurableApplicationContext start(boolean withWorkflows) {
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.properties("spring.datasource.url=" + database.create(), "workflow.enabled=" + withWorkflows,
					"spring.flyway.enabled=false", "spring.liquibase.enabled=false")
			.properties(properties)
			.run();
	}

	/** Runs a workflow of the application that writes into its table. */
	protected abstract String runWorkflow(WorkflowClient client);

	protected final <T> T bean(Class<T> type) {
		return context.getBean(type);
	}

	protected final JdbcTemplate jdbc() {
		return bean(JdbcTemplate.class);
	}

	@Test
	void shouldRunAWorkflowToItsEnd() {
		assertThat(runWorkflow(bean(WorkflowClient.class))).isEqualTo("1 of 1");
	}

	@Test
	void shouldHaveTheBeansThatItHasWithoutTheStarter() {
		Map<String, Class<?>> with = beans(context);
		Map<String, Class<?>> without;
		try (ConfigurableApplicationContext alone = start(false)) {
			without = beans(alone);
		}

		with.values().removeIf((type) -> type.getName().startsWith("io.reprise.") && !isOwn(type));
		without.values().removeIf((type) -> type.getName().startsWith("io.reprise.") && !isOwn(type));
		assertThat(with).isEqualTo(without);
	}

	@Test
	void shouldHaveWhatBootMakes() {
		assertThat(typesOf(DataSource.class)).containsExactly(HikariDataSource.class);
		assertThat(typesOf(PlatformTransactionManager.class)).containsExactly(JdbcTransactionManager.class);
		assertThat(typesOf(JsonMapper.class)).containsExactly(JsonMapper.class);
		assertThat(typesOf(TaskScheduler.class)).containsExactly(ThreadPoolTaskScheduler.class);
		assertThat(typesOf(Executor.class)).containsExactlyInAnyOrder(ThreadPoolTaskExecutor.class,
				ThreadPoolTaskScheduler.class);
	}

	private boolean isOwn(Class<?> type) {
		return type.getName().startsWith(application.getPackageName());
	}

	private static Map<String, Class<?>> beans(ConfigurableApplicationContext context) {
		Map<String, Class<?>> beans = new TreeMap<>();
		for (String name : context.getBeanDefinitionNames()) {
			Class<?> type = context.getType(name);
			// Its name holds no more than a number
			if (type != null && !type.getName().contains("$$Lambda")) {
				beans.put(name, type);
			}
		}
		return beans;
	}

	private List<Class<?>> typesOf(Class<?> type) {
		List<Class<?>> types = new ArrayList<>();
		context.getBeansOfType(type).values().forEach((bean) -> types.add(bean.getClass()));
		return types;
	}

}
