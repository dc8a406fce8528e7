package io.reprise.definition;

import java.util.List;

/**
 * A place in workflow code that is not deterministic.
 *
 * @param className the class, with dots only
 * @param method the method as written, that of the lambda's surroundings for a lambda
 * @param sourceFile name of the source file, empty if not known
 * @param line line in it, 0 if not known
 * @param call what is called, such as {@code java.util.UUID.randomUUID}
 * @param instead what to use instead
 * @param path places that call each other, from the workflow to this one, which is not
 * among them; empty if it is the workflow's own
 */
public record Finding(String className, String method, String sourceFile, int line, String call, String instead,
		List<String> path) {

	public Finding {
		path = List.copyOf(path);
	}

	/**
	 * The same place, reached by calls.
	 * @param calls places that call each other, from the workflow on
	 * @return a finding with this path
	 */
	Finding via(List<String> calls) {
		return new Finding(className, method, sourceFile, line, call, instead, calls);
	}

	/**
	 * The place as a stack trace writes it.
	 * @return class, method, file and line
	 */
	public String place() {
		return className + "." + method
				+ (sourceFile.isEmpty() ? "" : "(" + sourceFile + ((line > 0) ? ":" + line : "") + ")");
	}

	/**
	 * The place, and how the workflow gets there.
	 * @return the place, then its callers
	 */
	public String route() {
		return path.isEmpty() ? place() : place() + ", called by " + String.join(", called by ", path.reversed());
	}

	@Override
	public String toString() {
		return route() + " uses " + call + "; use " + instead;
	}

}
