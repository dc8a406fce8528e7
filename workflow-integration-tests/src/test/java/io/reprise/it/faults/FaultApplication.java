package io.reprise.it.faults;

import java.util.ArrayList;
import java.util.List;
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
		List<String> args = new ArrayList<>();
		args.add("--spring.datasource.url=" + url);
		args.add("--spring.main.banner-mode=off");
		args.add("--spring.datasource.hikari.connection-timeout=2000");
		args.add("--workflow.embedded.allow-in-memory=false");
		args.add("--workflow.determinism.enabled=false");
		args.add("--spring.sql.init.mode=always");
		args.add("--spring.sql.init.schema-locations=classpath:faults/schema.sql");
		args.add("--logging.level.root=warn");
		properties.forEach((key, value) -> args.add("--" + key + "=" + value));
		return new SpringApplicationBuilder(FaultApplication.class).web(WebApplicationType.NONE)
			.run(args.toArray(String[]::new));
	}

}
