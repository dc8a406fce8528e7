package io.reprise.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What of texts and bytes can be written as a JSON string and read back unchanged.
 */
final class TextRules {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final long HIGH_BITS = 0x8080808080808080L;

	private static final int EXCERPT = 60;

	private TextRules() {
	}

	/**
	 * Whether bytes are UTF-8 by the letter: no overlong forms, no surrogates, nothing
	 * over U+10FFFF. Only such bytes survive being read as text.
	 */
	static boolean isUtf8(byte[] bytes) {
		int i = 0;
		while (i < bytes.length) {
			if (i + Long.BYTES <= bytes.length && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
				i += Long.BYTES;
			}
			else if (bytes[i] >= 0) {
				i++;
			}
			else {
				int length = sequenceLength(bytes, i);
				if (length == 0) {
					return false;
				}
				i += length;
			}
		}
		return true;
	}

	/** Length of the sequence of two to four bytes at a place, 0 for none. */
	private static int sequenceLength(byte[] bytes, int at) {
		int first = bytes[at] & 0xff;
		int length = (first < 0xc2) ? 0 : (first < 0xe0) ? 2 : (first < 0xf0) ? 3 : (first < 0xf5) ? 4 : 0;
		if (length == 0 || at + length > bytes.length) {
			return 0;
		}
		for (int i = 1; i < length; i++) {
			if ((bytes[at + i] & 0xc0) != 0x80) {
				return 0;
			}
		}
		int second = bytes[at + 1] & 0xff;
		boolean legal = switch (first) {
			case 0xe0 -> second >= 0xa0;
			case 0xed -> second < 0xa0;
			case 0xf0 -> second >= 0x90;
			case 0xf4 -> second < 0x90;
			default -> true;
		};
		return legal ? length : 0;
	}

	/**
	 * Whether each surrogate of a text belongs to a pair.
	 */
	static boolean isWellFormed(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (Character.isSurrogate(c)) {
				if (Character.isLowSurrogate(c) || i + 1 == text.length()
						|| !Character.isLowSurrogate(text.charAt(i + 1))) {
					return false;
				}
				i++;
			}
		}
		return true;
	}

	/**
	 * A text as a JSON string with everything escaped that is not plain ASCII.
	 */
	static String quoteAscii(String text) {
		StringBuilder quoted = new StringBuilder(text.length() * 2 + 2).append('"');
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < ' ' || c > '~' || c == '"' || c == '\\') {
				quoted.append("\\u%04x".formatted((int) c));
			}
			else {
				quoted.append(c);
			}
		}
		return quoted.append('"').toString();
	}

	/**
	 * The beginning of a text, for messages.
	 */
	static String excerpt(String text) {
		return (text.length() > EXCERPT) ? text.substring(0, EXCERPT) + "..." : text;
	}

}
