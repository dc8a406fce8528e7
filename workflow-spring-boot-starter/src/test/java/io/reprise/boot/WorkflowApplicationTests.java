package io.reprise.boot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.boot.app.Greet;
import io.reprise.boot.app.GreetApplication;
import io.reprise.boot.shop.Courier;
import io.reprise.boot.shop.Ledger;
import io.reprise.boot.shop.Purchase;
import io.reprise.boot.shop.ShopApplication;
import io.reprise.engine.EngineHealth;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class WorkflowApplicationTests {

	@TempDir
	Path directory;

	@BeforeEach
	void reset() {
		Courier.reset();
	}

	@Test
	void shouldRunWorkflowWithActivity() {
		try (ConfigurableApplicationContext context = start(GreetApplication.class)) {
			WorkflowClient client = context.getBean(WorkflowClient.class);

			String greeting = client.execute(Greet.class, (w) -> w.run("world"), StartOptions.withId("greet-1"));

			assertThat(greeting).isEqualTo("Hello world");
			assertThat(client.handle(Greet.class, "greet-1").query(Greet::state)).isEqualTo("done");
		}
	}

	@Test
	void shouldRunActivityInTransactionOfTheApplication() {
		try (ConfigurableApplicationContext context = start(ShopApplication.class)) {
			assertThat(AopUtils.isAopProxy(context.getBean(Ledger.class))).isTrue();
			Courier.arrive();

			purchase(context, "book");
			pay(context);

			// The first attempt left no entry behind
			assertThat(result(context)).isEqualTo("book: 1 entries, delivered at attempt 1");
		}
	}

	@Test
	void shouldWaitForActivityAndHandOverAtShutdown() {
		ConfigurableApplicationContext first = start(ShopApplication.class);
		purchase(first, "lamp");
		Courier.awaitLeft();
		CompletableFuture<Void> closing = CompletableFuture.runAsync(first::close);
		Awaitility.await().until(() -> isDraining(first));
		Courier.arrive();
		closing.join();

		try (ConfigurableApplicationContext second = start(ShopApplication.class)) {
			pay(second);
			assertThat(result(second)).isEqualTo("lamp: 1 entries, delivered at attempt 1");
		}
	}

	@Test
	void shouldNotWaitForEverAtShutdown() {
		ConfigurableApplicationContext first = start(ShopApplication.class, "workflow.worker.shutdown-timeout=50ms");
		purchase(first, "sofa");
		Courier.awaitLeft();
		first.close();
		Courier.arrive();

		try (ConfigurableApplicationContext second = start(ShopApplication.class)) {
			pay(second);
			assertThat(result(second)).isEqualTo("sofa: 1 entries, delivered at attempt 2");
		}
	}

	@Test
	void shouldGoOnWhenTheContextIsStartedAgain() {
		try (ConfigurableApplicationContext context = start(ShopApplication.class)) {
			Courier.arrive();
			purchase(context, "desk");

			context.stop();
			context.start();

			pay(context);
			assertThat(result(context)).isEqualTo("desk: 1 entries, delivered at attempt 1");
		}
	}

	private static void purchase(ConfigurableApplicationContext context, String article) {
		client(context).start(Purchase.class, (w) -> w.run(article), StartOptions.withId("purchase"));
	}

	private static void pay(ConfigurableApplicationContext context) {
		client(context).handle(Purchase.class, "purchase").signal(Purchase::pay);
	}

	private static Object result(ConfigurableApplicationContext context) {
		return client(context).handle(Purchase.class, "purchase").result(Duration.ofSeconds(30));
	}

	private static WorkflowClient client(ConfigurableApplicationContext context) {
		return context.getBean(WorkflowClient.class);
	}

	private static boolean isDraining(ConfigurableApplicationContext context) {
		return context.getBean(WorkflowRuntime.class).engine().health().state() != EngineHealth.State.RUNNING;
	}

	private ConfigurableApplicationContext start(Class<?> application, String... properties) {
		return new SpringApplicationBuilder(application).bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.properties("spring.datasource.url=jdbc:h2:file:" + directory.resolve("app"))
			.properties(properties)
			.run();
	}

}
