package io.reprise.it.transactions;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that starts workflows together with what it writes. */
@SpringBootApplication
class OrderApplication {

	static ConfigurableApplicationContext start(String url, Map<String, Object> properties) {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("spring.datasource.url", url);
		all.put("spring.main.banner-mode", "off");
		all.put("spring.sql.init.mode", "always");
		all.put("spring.sql.init.schema-locations", "classpath:transactions/schema.sql");
		all.put("workflow.worker.shutdown-timeout", "5s");
		all.put("workflow.limits.payload", "2MB");
		all.put("logging.level.root", "warn");
		all.putAll(properties);
		String[] args = all.entrySet()
			.stream()
			.map((property) -> "--" + property.getKey() + "=" + property.getValue())
			.toArray(String[]::new);
		return new SpringApplicationBuilder(OrderApplication.class).web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.run(args);
	}

}
