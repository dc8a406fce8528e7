package io.reprise.boot;

import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

import io.reprise.boot.app.Greet;
import io.reprise.boot.scan.ConcreteFlow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.info.BuildProperties;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

class BuildIdTests {

	private final BuildId buildId = new BuildId(new DefaultResourceLoader());

	@TempDir
	Path directory;

	@Test
	void shouldTakeConfiguredId() {
		assertThat(buildId.choose("v7", build("1.0", "2026-01-01T00:00:00Z"), List.of(Greet.class))).isEqualTo("v7");
	}

	@Test
	void shouldTellBuildsOfOneVersionApart() {
		assertThat(buildId.choose(null, build("1.0-SNAPSHOT", "1970-01-01T00:01:00Z"), List.of(Greet.class)))
			.isEqualTo("1.0-SNAPSHOT-60");
	}

	@Test
	void shouldAddDigestToVersionWithoutTime() {
		assertThat(buildId.choose(" ", build("1.0", null), List.of(Greet.class))).matches("1\\.0-[0-9a-f]{12}");
	}

	@Test
	void shouldDigestClassesOfTheWorkflowsPackages() {
		String greet = buildId.choose(null, null, List.of(Greet.class));

		assertThat(greet).matches("[0-9a-f]{12}").isEqualTo(buildId.choose(null, null, List.of(Greet.class)));
		assertThat(buildId.choose(null, null, List.of(ConcreteFlow.class))).isNotEqualTo(greet);
		assertThat(buildId.choose(null, null, List.of(ConcreteFlow.class, Greet.class)))
			.isEqualTo(buildId.choose(null, null, List.of(Greet.class, ConcreteFlow.class)));
	}

	@Test
	void shouldChangeWithBytecode() throws Exception {
		byte[] original = bytecode(Greet.class);
		Path file = directory.resolve(Greet.class.getName().replace('.', '/') + ".class");
		Files.createDirectories(file.getParent());
		Files.write(file, original);
		String before = digestIn(directory);

		ByteArrayOutputStream mended = new ByteArrayOutputStream();
		mended.write(original);
		mended.write(0);
		Files.write(file, mended.toByteArray());

		assertThat(digestIn(directory)).matches("[0-9a-f]{12}").isNotEqualTo(before);
	}

	@Test
	void shouldDoWithoutWorkflows() {
		assertThat(buildId.choose(null, null, List.of())).matches("[0-9a-f]{12}");
	}

	private static String digestIn(Path directory) throws Exception {
		try (URLClassLoader loader = new URLClassLoader(new URL[] { directory.toUri().toURL() }, null)) {
			return new BuildId(new DefaultResourceLoader(loader)).choose(null, null, List.of(Greet.class));
		}
	}

	private static byte[] bytecode(Class<?> type) throws Exception {
		try (var content = type.getResourceAsStream(type.getSimpleName() + ".class")) {
			return content.readAllBytes();
		}
	}

	private static BuildProperties build(String version, String time) {
		Properties properties = new Properties();
		properties.setProperty("version", version);
		if (time != null) {
			properties.setProperty("time", time);
		}
		return new BuildProperties(properties);
	}

}
