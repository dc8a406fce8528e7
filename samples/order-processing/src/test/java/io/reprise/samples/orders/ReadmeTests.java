package io.reprise.samples.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code that the README shows is the code of this sample.
 */
class ReadmeTests {

	private static final Path ROOT = Path.of("../..");

	private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

	/** The first line of a block that quotes a file. */
	private static final Pattern SOURCE = Pattern.compile("// (\\S+/\\S+\\.java)\\n(.*)", Pattern.DOTALL);

	@Test
	void shouldBeginWithTheCommandsThatRunAndBuild() throws IOException {
		List<String> blocks = BLOCK.matcher(readme()).results().map(block -> block.group(2).strip()).toList();

		assertThat(blocks).startsWith("mvn -q -pl samples/order-processing -am -DskipTests spring-boot:run",
				"mvn verify");
	}

	@Test
	void shouldQuoteTheSampleByTheLetter() throws IOException {
		List<Matcher> quotes = BLOCK.matcher(readme())
			.results()
			.filter(block -> block.group(1).equals("java"))
			.map(block -> SOURCE.matcher(block.group(2)))
			.filter(Matcher::matches)
			.toList();

		assertThat(quotes).isNotEmpty()
			.allSatisfy(quote -> assertThat(normalized(Files.readString(ROOT.resolve(quote.group(1)))))
				.contains(normalized(quote.group(2))));
	}

	private static String readme() throws IOException {
		return Files.readString(ROOT.resolve("README.md"));
	}

	private static String normalized(String code) {
		return code.strip().replaceAll("\\s+", " ");
	}

}
