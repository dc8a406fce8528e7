package io.reprise.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code that the page about data shows is code of these tests.
 */
class DataPageTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern BLOCK = Pattern.compile("^```java\\n// (\\S+\\.java)\\n(.*?)^```$",
			Pattern.MULTILINE | Pattern.DOTALL);

	@Test
	void shouldQuoteByTheLetter() throws IOException {
		List<Matcher> quotes = BLOCK.matcher(Files.readString(ROOT.resolve("docs/data.md"))).results().map((block) -> {
			Matcher quote = BLOCK.matcher(block.group());
			assertThat(quote.find()).isTrue();
			return quote;
		}).toList();

		assertThat(quotes).isNotEmpty()
			.allSatisfy((quote) -> assertThat(normalized(Files.readString(ROOT.resolve(quote.group(1)))))
				.contains(normalized(quote.group(2))));
	}

	private static String normalized(String code) {
		return code.strip().replaceAll("\\s+", " ");
	}

}
