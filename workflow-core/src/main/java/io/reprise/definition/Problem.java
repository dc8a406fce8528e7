package io.reprise.definition;

import io.reprise.ErrorCode;

/**
 * A rule that a definition breaks.
 *
 * @param code what kind of rule
 * @param description what was expected and what was found, with the names of both
 * @param action what to do
 */
public record Problem(ErrorCode code, String description, String action) {

	static Problem invalid(String description, String action) {
		return new Problem(ErrorCode.INVALID_DEFINITION, description, action);
	}

	static Problem duplicate(String description, String action) {
		return new Problem(ErrorCode.DUPLICATE_DEFINITION, description, action);
	}

}
