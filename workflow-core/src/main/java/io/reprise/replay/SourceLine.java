package io.reprise.replay;

import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;

import io.reprise.WorkflowContext;
import org.jspecify.annotations.Nullable;

/**
 * Finds the line of user code that is at fault. Slow: for messages only.
 */
final class SourceLine {

	private static final Set<String> OWN_PACKAGES = Set.of("boot", "client", "convert", "definition", "engine", "jpa",
			"kafka", "kernel", "protocol", "replay", "spi", "testkit", "worker");

	private static final String OWN = "io.reprise.";

	/**
	 * Part of the names of stubs, which are generated into the packages of their types.
	 */
	private static final String STUB = "$Reprise$";

	private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

	private SourceLine() {
	}

	/**
	 * The line of user code that called.
	 * @return the line, or {@code null} if this is no thread of a workflow: nobody's code
	 * called then
	 */
	static @Nullable String ofCaller() {
		if (WorkflowContext.currentOrNull() == null) {
			return null;
		}
		Optional<StackWalker.StackFrame> frame = WALKER
			.walk(frames -> frames.filter(candidate -> isUserClass(candidate.getDeclaringClass())).findFirst());
		return frame.map(found -> found.toStackTraceElement().toString()).orElse(null);
	}

	/**
	 * The line of user code that threw, or called what threw.
	 * @return the line, or {@code null} if no user code is in the trace
	 */
	static @Nullable String of(Throwable thrown) {
		for (StackTraceElement element : thrown.getStackTrace()) {
			if (isUserCode(element.getClassName())) {
				return element.toString();
			}
		}
		return null;
	}

	private static boolean isUserClass(Class<?> type) {
		return !type.isHidden() && !Proxy.isProxyClass(type) && isUserCode(type.getName());
	}

	private static boolean isUserCode(String className) {
		return !className.startsWith("java.") && !className.startsWith("javax.") && !className.startsWith("jdk.")
				&& !className.startsWith("sun.") && !className.contains("$$") && !className.contains("$Proxy")
				&& !className.contains(STUB) && !isOwn(className);
	}

	private static boolean isOwn(String className) {
		if (!className.startsWith(OWN)) {
			return false;
		}
		int dot = className.indexOf('.', OWN.length());
		return dot < 0 || OWN_PACKAGES.contains(className.substring(OWN.length(), dot));
	}

}
