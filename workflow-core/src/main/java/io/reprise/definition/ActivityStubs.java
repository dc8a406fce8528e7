package io.reprise.definition;

import io.reprise.ActivitySettings;

/**
 * Makes durable stubs of activity types. A call on a stub is recorded and waits, durably,
 * for the activity's result. Stubs hold no state: one serves all runs.
 */
public final class ActivityStubs {

	/**
	 * Makes a stub.
	 * @param <T> the activity type
	 * @param type class or interface that is annotated with {@code @Activity}, or extends
	 * or implements one that is
	 * @param settings options of the call site or the injection point, which come before
	 * those of methods and types
	 * @return the stub
	 * @throws DefinitionException if the type is no activity type or cannot be stubbed
	 */
	public <T> T stub(Class<T> type, ActivitySettings settings) {
		if (!ActivityType.isActivity(type)) {
			throw new DefinitionException(Problem.invalid(
					"Expected an activity type to make a stub of, but neither %s nor a type it extends or implements has @Activity"
						.formatted(type.getName()),
					"Annotate %s with @Activity".formatted(type.getSimpleName())));
		}
		ActivityType activityType = ActivityType.of(type);
		if (!activityType.problems().isEmpty()) {
			throw new DefinitionException(activityType.problems());
		}
		return ProxyType.newProxy(type, new StubHandler(type, activityType, settings));
	}

}
