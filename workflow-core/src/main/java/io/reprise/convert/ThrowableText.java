package io.reprise.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Exceptions as texts of bounded size, and back.
 */
final class ThrowableText {

	static final int MAX_FRAMES = 20;

	static final int MAX_STACK_TRACE = 8 * 1024;

	// Class and method, then file and line, "Native Method" or "Unknown Source".
	private static final Pattern FRAME = Pattern.compile("(?:at )?([^()]+)\\.([^().]+)\\(([^()]*?)(?::(\\d{1,9}))?\\)");

	private ThrowableText() {
	}

	/** The message, whatever an overridden {@code getMessage()} does. */
	static @Nullable String message(Throwable exception) {
		try {
			return exception.getMessage();
		}
		catch (RuntimeException | StackOverflowError ex) {
			return "(without a message, because getMessage() threw %s)".formatted(ex.getClass().getName());
		}
	}

	/** The cause, whatever an overridden {@code getCause()} does. */
	static @Nullable Throwable cause(Throwable exception) {
		try {
			return exception.getCause();
		}
		catch (RuntimeException | StackOverflowError ex) {
			return null;
		}
	}

	/**
	 * The topmost frames, one to a line, without the names of loaders and modules, which
	 * differ from one installation to the next.
	 */
	static @Nullable String stackTrace(Throwable exception) {
		StackTraceElement[] frames = exception.getStackTrace();
		if (frames.length == 0) {
			return null;
		}
		StringBuilder text = new StringBuilder();
		int shown = 0;
		while (shown < Math.min(frames.length, MAX_FRAMES)) {
			String line = line(frames[shown]) + "\n";
			// Leaves room for the last line.
			if (utf8Length(text) + utf8Length(line) > MAX_STACK_TRACE - 40) {
				break;
			}
			text.append(line);
			shown++;
		}
		if (shown < frames.length) {
			text.append("... ").append(frames.length - shown).append(" more\n");
		}
		return text.substring(0, text.length() - 1);
	}

	private static String line(StackTraceElement frame) {
		return new StackTraceElement(null, null, null, frame.getClassName(), frame.getMethodName(), frame.getFileName(),
				frame.getLineNumber())
			.toString();
	}

	/**
	 * Gives an exception a recorded stack trace. If nothing can be read from it, the
	 * exception keeps its own.
	 */
	static void restoreStackTrace(Throwable exception, @Nullable String recorded) {
		if (recorded == null) {
			return;
		}
		List<StackTraceElement> frames = new ArrayList<>();
		recorded.lines().map(String::strip).map(ThrowableText::parse).forEach((frame) -> {
			if (frame != null) {
				frames.add(frame);
			}
		});
		if (!frames.isEmpty()) {
			exception.setStackTrace(frames.toArray(StackTraceElement[]::new));
		}
	}

	private static @Nullable StackTraceElement parse(String line) {
		Matcher matcher = FRAME.matcher(line);
		if (!matcher.matches()) {
			return null;
		}
		String file = matcher.group(3);
		String number = matcher.group(4);
		if (number != null) {
			return new StackTraceElement(matcher.group(1), matcher.group(2), file, Integer.parseInt(number));
		}
		return switch (file) {
			case "Native Method" -> new StackTraceElement(matcher.group(1), matcher.group(2), null, -2);
			case "Unknown Source" -> new StackTraceElement(matcher.group(1), matcher.group(2), null, -1);
			default -> new StackTraceElement(matcher.group(1), matcher.group(2), file, -1);
		};
	}

	/**
	 * Cuts a text to a number of UTF-8 bytes, and says so at its end.
	 */
	static String cut(String text, int maxBytes) {
		if (text.length() * 3L <= maxBytes || utf8Length(text) <= maxBytes) {
			return text;
		}
		String end = "... (cut, %d characters in all)".formatted(text.length());
		int bytes = end.length();
		int at = 0;
		while (at < text.length()) {
			int codePoint = text.codePointAt(at);
			bytes += utf8Length(codePoint);
			if (bytes > maxBytes) {
				break;
			}
			at += Character.charCount(codePoint);
		}
		return text.substring(0, at) + end;
	}

	private static long utf8Length(CharSequence text) {
		return text.codePoints().mapToLong(ThrowableText::utf8Length).sum();
	}

	private static int utf8Length(int codePoint) {
		return (codePoint < 0x80) ? 1 : (codePoint < 0x800) ? 2 : (codePoint < 0x10000) ? 3 : 4;
	}

}
