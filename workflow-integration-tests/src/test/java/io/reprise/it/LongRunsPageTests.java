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
 * Holds the page on long runs to the code it quotes.
 */
class LongRunsPageTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern QUOTE = Pattern.compile("^```java\\n// (\\S+\\.java)\\n(.*?)^```$",
			Pattern.MULTILINE | Pattern.DOTALL);

	@Test
	void shouldQuoteByTheLetter() throws IOException {
		String page = Files.readString(ROOT.resolve("docs/long-runs.md"));
		List<Matcher> quotes = QUOTE.matcher(page).results().map((quote) -> {
			Matcher matcher = QUOTE.matcher(quote.group());
			assertThat(matcher.matches()).isTrue();
			return matcher;
		}).toList();

		assertThat(quotes).hasSize(3);
		for (Matcher quote : quotes) {
			assertThat(normalized(Files.readString(ROOT.resolve(quote.group(1))))).contains(normalized(quote.group(2)));
		}
	}

	private static String normalized(String code) {
		return code.strip().replaceAll("\\s+", " ");
	}

}
