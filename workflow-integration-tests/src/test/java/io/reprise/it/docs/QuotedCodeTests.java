package io.reprise.it.docs;

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
 * What pages quote is in the files that they name.
 */
class QuotedCodeTests {

	private static final Path ROOT = Path.of("..");

	/** A block whose first line names a file. */
	private static final Pattern QUOTE = Pattern.compile("^```java\\n// (\\S+/\\S+\\.java)\\n(.*?)^```$",
			Pattern.MULTILINE | Pattern.DOTALL);

	@ParameterizedTest
	@ValueSource(strings = "docs/children.md")
	void shouldBeQuotedByTheLetter(String page) throws IOException {
		List<Matcher> quotes = QUOTE.matcher(Files.readString(ROOT.resolve(page))).results().map((block) -> {
			Matcher matcher = QUOTE.matcher(block.group());
			matcher.matches();
			return matcher;
		}).toList();

		assertThat(quotes).isNotEmpty()
			.allSatisfy((quote) -> assertThat(normalized(Files.readString(ROOT.resolve(quote.group(1)))))
				.contains(normalized(quote.group(2))));
	}

	private static String normalized(String code) {
		return code.strip().replaceAll("\\s+", " ");
	}

}
