package io.reprise.kernel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * Immutable collections in insertion order that are copied once only. A run may know
 * thousands of request ids; a transition that adds none must not copy them.
 * <p>
 * The views of {@link Collections} serve as the mark of a frozen collection. That holds
 * as long as nobody hands the kernel such a view of a collection that is still written
 * to; inside the kernel only this class makes them.
 */
final class Frozen {

	private static final Class<?> MAP = Collections.unmodifiableSequencedMap(new LinkedHashMap<>()).getClass();

	private static final Class<?> SET = Collections.unmodifiableSequencedSet(new LinkedHashSet<>()).getClass();

	private Frozen() {
	}

	static <K, V> SequencedMap<K, V> copyOf(SequencedMap<K, V> map) {
		return (map.getClass() == MAP) ? map : own(new LinkedHashMap<>(map));
	}

	static <E> SequencedSet<E> copyOf(SequencedSet<E> set) {
		return (set.getClass() == SET) ? set : own(new LinkedHashSet<>(set));
	}

	/**
	 * Freezes a map whose maker gives it away.
	 * @param map a map that nobody writes to from now on
	 * @return the frozen map
	 */
	static <K, V> SequencedMap<K, V> own(LinkedHashMap<K, V> map) {
		return Collections.unmodifiableSequencedMap(map);
	}

	static <E> SequencedSet<E> own(LinkedHashSet<E> set) {
		return Collections.unmodifiableSequencedSet(set);
	}

}
