package io.reprise.it.faults;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application that things happen to.
 */
@SpringBootApplication
class FaultApplication {

	/**
	 * Starts it.
	 * @param url its database
	 * @param properties further properties
	 * @return its context
	 */
	static ConfigurableApplicationContext start(String url, Map<String, Object> properties) {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("spring.datasource.url", url);
		all.put("spring.datasource.hikari.connection-timeout", 2000);
		all.put("spring.main.banner-mode", "off");
		all.put("spring.sql.init.mode", "always");
		all.put("spring.sql.init.schema-locations", "classpath:faults/schema.sql");
		// One of the workflows waits for a lock on purpose.
		all.put("workflow.determinism.enabled", false);
		all.put("logging.level.root", "warn");
		all.putAll(properties);
		String[] args = all.entrySet()
			.stream()
			.map((property) -> "--" + property.getKey() + "=" + property.getValue())
			.toArray(String[]::new);
		return new SpringApplicationBuilder(FaultApplication.class).web(WebApplicationType.NONE).run(args);
	}

}
