package io.reprise.convert;

import org.jspecify.annotations.Nullable;

/**
 * Encodings of codecs: {@code name;key=…;of=the encoding below}.
 */
final class Layers {

	private static final String OF = ";of=";

	private Layers() {
	}

	static String over(String layer, String below) {
		return layer + OF + below;
	}

	/** The encoding below a codec's own, or {@code null} if it is another's. */
	static @Nullable String below(String encoding, String name) {
		boolean own = encoding.startsWith(name) && encoding.startsWith(";", name.length());
		int at = own ? encoding.indexOf(OF, name.length()) : -1;
		return (at >= 0) ? encoding.substring(at + OF.length()) : null;
	}

	/** A parameter of the topmost codec, or {@code null}. */
	static @Nullable String parameter(String encoding, String name) {
		int end = encoding.indexOf(OF);
		String own = (end >= 0) ? encoding.substring(0, end) : encoding;
		for (String part : own.split(";", -1)) {
			if (part.startsWith(name + "=")) {
				return part.substring(name.length() + 1);
			}
		}
		return null;
	}

}
