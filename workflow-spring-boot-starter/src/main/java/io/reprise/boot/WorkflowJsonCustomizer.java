package io.reprise.boot;

import tools.jackson.databind.json.JsonMapper;

/**
 * Changes how the values of workflows are written and read as JSON, and nothing else in
 * the application. Beans are applied in their order to a copy of the application's
 * mapper.
 */
@FunctionalInterface
public interface WorkflowJsonCustomizer {

	/**
	 * Changes the mapper.
	 * @param builder makes the mapper
	 */
	void customize(JsonMapper.Builder builder);

}
