package io.reprise.definition;

import java.lang.reflect.Modifier;

import org.jspecify.annotations.Nullable;

/**
 * What keeps a type from being extended by a generated class.
 */
final class Subclassing {

	private Subclassing() {
	}

	/**
	 * Why a type cannot be extended.
	 * @param type the type
	 * @return such as {@code a record}, or {@code null} if it can
	 */
	static @Nullable String obstacle(Class<?> type) {
		if (type.isRecord()) {
			return "a record";
		}
		if (type.isEnum()) {
			return "an enum";
		}
		if (type.isSealed()) {
			return "sealed";
		}
		return Modifier.isFinal(type.getModifiers()) ? "final" : null;
	}

}
