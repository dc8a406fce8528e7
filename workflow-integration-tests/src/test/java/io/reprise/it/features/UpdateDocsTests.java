package io.reprise.it.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the documentation of updates quotes is code that runs in tests.
 */
class UpdateDocsTests {

	private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	@ParameterizedTest
	@ValueSource(strings = { "Updates", "Dynamic handlers" })
	void shouldQuoteTheCart(String section) throws IOException {
		String docs = Files.readString(Path.of("../docs/semantics.md"));
		int begin = docs.indexOf("\n## " + section + "\n") + 1;
		int end = docs.indexOf("\n## ", begin);
		String cart = Files.readString(Path.of("src/test/java/io/reprise/it/features/shop/Cart.java"));
		Matcher quotes = CODE.matcher(docs.substring(begin, end));
		assertThat(quotes.find()).isTrue();
		do {
			assertThat(cart).contains(quotes.group(1)
				.stripTrailing()
				.indent(0)
				.lines()
				.map((line) -> line.isEmpty() ? line : "\t" + line)
				.reduce((first, second) -> first + "\n" + second)
				.orElseThrow());
		}
		while (quotes.find());
	}

}
