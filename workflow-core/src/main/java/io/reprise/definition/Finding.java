package io.reprise.definition;

/**
 * A place in workflow code that is not deterministic.
 *
 * @param className the class, with dots only
 * @param method the method as written, that of the lambda's surroundings for a lambda
 * @param sourceFile name of the source file, empty if not known
 * @param line line in it, 0 if not known
 * @param call what is called, such as {@code java.util.UUID.randomUUID}
 * @param instead what to use instead
 */
public record Finding(String className, String method, String sourceFile, int line, String call, String instead) {

	/**
	 * The place as a stack trace writes it.
	 * @return class, method, file and line
	 */
	public String place() {
		return className + "." + method
				+ (sourceFile.isEmpty() ? "" : "(" + sourceFile + ((line > 0) ? ":" + line : "") + ")");
	}

	@Override
	public String toString() {
		return place() + " uses " + call + "; use " + instead;
	}

}
