package io.reprise.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * What a system under test is given.
 *
 * @param databaseUrl JDBC address of an empty database of its own, credentials included
 * @param home a directory of its own, which may not be there yet
 * @param target where the build puts things
 * @param properties further properties, each as {@code key=value}
 */
public record Surroundings(String databaseUrl, Path home, Path target, List<String> properties) {

	public Surroundings {
		properties = List.copyOf(properties);
	}

	/**
	 * A property by its key.
	 * @param key the key
	 * @param preset what holds if it is not set
	 * @return its value
	 */
	public String property(String key, String preset) {
		return properties.stream()
			.filter((property) -> property.startsWith(key + "="))
			.map((property) -> property.substring(key.length() + 1))
			.reduce(preset, (first, last) -> last);
	}

}
