package io.reprise.it.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code that these pages show is the code of tests.
 */
class QuotedDocsTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern BLOCK = Pattern.compile("^```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

	/** The first line of each block names the file that it quotes. */
	private static final Pattern SOURCE = Pattern.compile("// (\\S+/\\S+\\.java)\\n(.*)", Pattern.DOTALL);

	@ParameterizedTest
	@ValueSource(strings = { "docs/testing.md", "docs/sagas.md" })
	void shouldQuoteByTheLetter(String page) throws IOException {
		List<String> blocks = BLOCK.matcher(Files.readString(ROOT.resolve(page)))
			.results()
			.map(block -> block.group(1))
			.toList();

		assertThat(blocks).isNotEmpty().allSatisfy(block -> {
			Matcher quote = SOURCE.matcher(block);
			assertThat(quote.matches()).as("begins with the file it quotes").isTrue();
			assertThat(normalized(Files.readString(ROOT.resolve(quote.group(1))))).contains(normalized(quote.group(2)));
		});
	}

	private static String normalized(String code) {
		return code.strip().replaceAll("\\s+", " ");
	}

}
