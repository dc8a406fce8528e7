package io.reprise.it.proof;

import java.util.List;
import java.util.Map;

import io.reprise.AllowNonDeterminism;

/**
 * Which build of the application a process runs: the new one knows one more workflow, and
 * does more in the other.
 */
@AllowNonDeterminism("the same in all processes of a build, and decides by patched")
final class Build {

	private static final String PROPERTY = "proof.build";

	/** What a process of the new build is launched with. */
	static final Map<String, String> NEW = Map.of(PROPERTY, "2");

	static final String ID = System.getProperty(PROPERTY, "1");

	private Build() {
	}

	static boolean isNew() {
		return ID.equals("2");
	}

	static List<Class<?>> workflows() {
		return isNew() ? List.of(Voyage.class, Detour.class) : List.of(Voyage.class);
	}

}
