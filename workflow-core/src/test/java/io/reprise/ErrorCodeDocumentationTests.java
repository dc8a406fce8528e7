package io.reprise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page on error codes is complete, and names no code that does not exist.
 */
class ErrorCodeDocumentationTests {

	private static final Path PAGE = Path.of("../docs/errors.md");

	/** A table row that begins with a code. */
	private static final Pattern ROW = Pattern.compile("^\\| `([A-Z_]+)` \\|", Pattern.MULTILINE);

	@Test
	void shouldExplainEachCodeOnce() throws IOException {
		List<String> explained = ROW.matcher(Files.readString(PAGE)).results().map(row -> row.group(1)).toList();

		assertThat(explained)
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
	}

}
