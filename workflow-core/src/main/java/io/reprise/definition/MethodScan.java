package io.reprise.definition;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Looks for forbidden calls in one method.
 */
final class MethodScan {

	private static final String LAMBDA = "lambda$";

	private final CodeReader.Code code;

	private final ScannedClasses classes;

	MethodScan(CodeReader.Code code, ScannedClasses classes) {
		this.code = code;
		this.classes = classes;
	}

	List<Finding> findings() {
		List<Finding> findings = new ArrayList<>();
		if (code.isSynchronized()) {
			findings.add(finding("synchronized", firstLine(), ForbiddenCalls.NO_LOCKS));
		}
		for (CodeReader.Use use : code.uses()) {
			String instead = use.sideEffect() ? null : instead(use);
			if (instead != null) {
				findings.add(finding(describe(use), use.line(), instead));
			}
		}
		return findings;
	}

	private @Nullable String instead(CodeReader.Use use) {
		return switch (use.kind()) {
			case MONITOR -> ForbiddenCalls.NO_LOCKS;
			case CREATE -> classes.isActivity(use.owner()) ? ForbiddenCalls.STUB : null;
			case CALL -> ForbiddenCalls.instead(use.owner(), use.name(), use.descriptor());
		};
	}

	private Finding finding(String call, int line, String instead) {
		return new Finding(dotted(code.owner()), methodName(), classes.sourceFile(code.owner()), line, call, instead,
				List.of());
	}

	/** The place of a call in this method, as a stack trace writes it. */
	String place(int line) {
		return finding("", line, "").place();
	}

	private int firstLine() {
		return code.uses().isEmpty() ? 0 : code.uses().getFirst().line();
	}

	private String methodName() {
		String name = code.name();
		if (name.startsWith(LAMBDA) && name.indexOf('$', LAMBDA.length()) > 0) {
			name = name.substring(LAMBDA.length(), name.indexOf('$', LAMBDA.length()));
		}
		else if (name.indexOf("$" + LAMBDA) > 0) {
			// Kotlin's order.
			name = name.substring(0, name.indexOf("$" + LAMBDA));
		}
		return switch (name) {
			case "new" -> "<init>";
			case "static" -> "<clinit>";
			default -> name;
		};
	}

	private static String describe(CodeReader.Use use) {
		if (use.kind() == CodeReader.Use.Kind.MONITOR) {
			return use.name();
		}
		return use.name().equals("<init>") ? "new " + dotted(use.owner()) : dotted(use.owner()) + "." + use.name();
	}

	private static String dotted(String internalName) {
		return internalName.replace('/', '.');
	}

}
