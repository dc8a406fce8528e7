package io.reprise.replay;

import java.util.Objects;

import io.reprise.ActivitySettings;
import io.reprise.Placement;
import io.reprise.protocol.ActivityPolicy;

/**
 * Completes the options known at a call with those of the configuration and the defaults.
 */
@FunctionalInterface
public interface ActivityPolicies {

	/**
	 * Resolves the policy of a call.
	 * @param activityType name of the activity, {@code Group.method}
	 * @param settings options known at the call
	 * @return the policy
	 */
	ActivityPolicy resolve(String activityType, ActivitySettings settings);

	/**
	 * Resolves where an activity runs.
	 * @param activityType name of the activity, {@code Group.method}
	 * @param settings options known at the call
	 * @return the placement
	 */
	default Placement placement(String activityType, ActivitySettings settings) {
		return Objects.requireNonNullElse(settings.placement(), Placement.QUEUED);
	}

}
