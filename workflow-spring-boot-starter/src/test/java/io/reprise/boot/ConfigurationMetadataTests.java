package io.reprise.boot;

import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What an IDE shows. */
class ConfigurationMetadataTests {

	@Test
	void shouldDescribeEveryProperty() throws Exception {
		assertThat(properties()).hasSizeGreaterThan(40).allSatisfy((name, property) -> {
			String description = property.path("description").asString("");
			assertThat(description).as(name).isNotBlank().endsWith(".").doesNotStartWith("The ").doesNotStartWith("A ");
			if (property.path("type").asString().equals("java.lang.Boolean")) {
				assertThat(description).as(name).startsWith("Whether ");
			}
		});
	}

	@Test
	void shouldNameDefaults() throws Exception {
		assertThat(properties().get("workflow.worker.shutdown-timeout").path("defaultValue").asString())
			.isEqualTo("20s");
		assertThat(properties().get("workflow.topology").path("defaultValue").asString()).isEqualTo("embedded");
	}

	@Test
	void shouldKnowOptionsOfActivities() throws Exception {
		assertThat(properties()).containsKeys("workflow.activities", "workflow.activities.defaults.maximum-attempts",
				"workflow.activities.defaults.start-to-close-timeout");
	}

	private static Map<String, JsonNode> properties() throws Exception {
		try (InputStream metadata = ConfigurationMetadataTests.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			Map<String, JsonNode> properties = new TreeMap<>();
			JsonMapper.shared()
				.readTree(metadata)
				.path("properties")
				.forEach((property) -> properties.put(property.path("name").asString(), property));
			return properties;
		}
	}

}
