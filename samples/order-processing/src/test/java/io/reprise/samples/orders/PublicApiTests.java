package io.reprise.samples.orders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample uses what applications may use: the public API and the starter.
 */
class PublicApiTests {

	private static final Pattern REPRISE = Pattern.compile("\\bio\\.reprise(?:\\.[a-z]\\w*)*");

	private static final List<String> ALLOWED = List.of("io.reprise", "io.reprise.boot", "io.reprise.samples.orders");

	@Test
	void shouldUseOnlyWhatIsPublic() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			List<String> used = files.filter(file -> file.toString().endsWith(".java"))
				.flatMap(PublicApiTests::packagesIn)
				.distinct()
				.toList();

			assertThat(used).contains("io.reprise").isSubsetOf(ALLOWED);
		}
	}

	private static Stream<String> packagesIn(Path file) {
		try {
			return REPRISE.matcher(Files.readString(file)).results().map(MatchResult::group);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
