package io.reprise.replay;

import org.jspecify.annotations.Nullable;

/**
 * What the machine throws through user code that must not go on. An {@code Error}, so
 * that {@code catch (Exception)} lets it pass; and because the {@link Fate} behind it is
 * sticky, catching it gains nothing either. A new one is thrown each time: the same
 * throwable twice in a try-with-resources would suppress itself.
 */
abstract sealed class MachineError extends Error permits Unwind, NonDeterminismError, BugError {

	MachineError(@Nullable String message) {
		super(message, null, false, false);
	}

}
