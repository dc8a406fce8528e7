package io.reprise.it.proof;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.reprise.WorkflowClient;
import io.reprise.WorkflowException;
import io.reprise.boot.WorkflowRuntime;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The same workflows in a Spring application, for faults that spare the process. */
@SpringBootConfiguration
@EnableAutoConfiguration
@AutoConfigurationPackage
@Import(Port.class)
class ProofApplication {

	/**
	 * Starts it.
	 * @param url its database
	 * @param source a class with more beans
	 * @return its context
	 */
	static ConfigurableApplicationContext start(String url, Class<?> source) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("spring.datasource.url", url);
		properties.put("spring.datasource.hikari.connection-timeout", 2000);
		properties.put("spring.datasource.hikari.maximum-pool-size", 12);
		properties.put("spring.main.banner-mode", "off");
		properties.put("logging.level.root", "off");
		String[] args = properties.entrySet()
			.stream()
			.map((property) -> "--" + property.getKey() + "=" + property.getValue())
			.toArray(String[]::new);
		return new SpringApplicationBuilder(ProofApplication.class, source).web(WebApplicationType.NONE).run(args);
	}

	/**
	 * The application as clients see it.
	 * @param context the running application
	 * @return the node
	 */
	static Node node(ConfigurableApplicationContext context) {
		Operations operations = new Operations(context.getBean(WorkflowRuntime.class).engine(),
				context.getBean(WorkflowClient.class));
		return new Node() {

			@Override
			public boolean isReady() {
				return context.isRunning();
			}

			@Override
			public CompletableFuture<String> request(String request) {
				CompletableFuture<String> answer = new CompletableFuture<>();
				Thread.ofVirtual().start(() -> {
					try {
						answer.complete(operations.answer(request));
					}
					catch (CompletionException ex) {
						answer.complete((ex.getCause() instanceof WorkflowException problem) ? "no " + problem.code()
								: "no " + ex);
					}
				});
				return answer;
			}

		};
	}

}
