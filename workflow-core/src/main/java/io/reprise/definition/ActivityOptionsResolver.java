package io.reprise.definition;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.reprise.ActivitySettings;
import io.reprise.Placement;
import io.reprise.protocol.ActivityPolicy;
import io.reprise.replay.ActivityPolicies;
import org.jspecify.annotations.Nullable;

/**
 * Completes the options of a call: with those of the registered bean (its own
 * annotations, which a call by name or through an interface does not know), the
 * configuration of the activity, of its group and of all activities, and the defaults, in
 * this order. Time-outs that cannot matter are cut: an attempt's by that of all attempts,
 * a heartbeat's by the attempt's.
 */
public final class ActivityOptionsResolver implements ActivityPolicies {

	private static final int MAXIMUM_INTERVAL_FACTOR = 100;

	private static final int MOST_RESOLVED = 1_000;

	private final ActivityRegistry activities;

	private final Map<String, ActivitySettings> configured;

	private final ActivitySettings defaults;

	private final Map<Call, Resolved> resolved = new ConcurrentHashMap<>();

	/**
	 * Creates a resolver.
	 * @param activities the registered activities
	 * @param configured settings of the configuration by {@code Group.method} or
	 * {@code Group}
	 * @param defaults settings of the configuration for all activities
	 */
	public ActivityOptionsResolver(ActivityRegistry activities, Map<String, ActivitySettings> configured,
			ActivitySettings defaults) {
		this.activities = activities;
		this.configured = Map.copyOf(configured);
		this.defaults = defaults;
	}

	@Override
	public ActivityPolicy resolve(String activityType, ActivitySettings settings) {
		return resolved(activityType, settings).policy();
	}

	@Override
	public Placement placement(String activityType, ActivitySettings settings) {
		return resolved(activityType, settings).placement();
	}

	/**
	 * Calls come in a few kinds, over and over; settings made at run time may be many.
	 */
	private Resolved resolved(String activityType, ActivitySettings settings) {
		Call call = new Call(activityType, settings);
		Resolved known = resolved.get(call);
		if (known == null) {
			ActivitySettings merged = merge(activityType, settings);
			Placement placement = merged.placement();
			known = new Resolved(policy(merged), (placement != null) ? placement : Placement.QUEUED);
			if (resolved.size() < MOST_RESOLVED) {
				resolved.put(call, known);
			}
		}
		return known;
	}

	private ActivitySettings merge(String activityType, ActivitySettings settings) {
		int dot = activityType.lastIndexOf('.');
		String group = (dot >= 0) ? activityType.substring(0, dot) : activityType;
		return settings
			.orElse(activities.find(activityType).map(ActivityDefinition::settings).orElse(ActivitySettings.none()))
			.orElse(configured.getOrDefault(activityType, ActivitySettings.none()))
			.orElse(configured.getOrDefault(group, ActivitySettings.none()))
			.orElse(defaults);
	}

	private static ActivityPolicy policy(ActivitySettings settings) {
		ActivityPolicy fallback = ActivityPolicy.DEFAULT;
		Duration scheduleToClose = settings.scheduleToCloseTimeout();
		Duration startToClose = atMost(
				Objects.requireNonNullElse(settings.startToCloseTimeout(), fallback.startToClose()), scheduleToClose);
		Duration scheduleToStart = settings.scheduleToStartTimeout();
		Duration heartbeat = settings.heartbeatTimeout();
		Duration maximumInterval = settings.maximumInterval();
		Duration initialInterval = atMost(
				Objects.requireNonNullElse(settings.initialInterval(), fallback.initialInterval()), maximumInterval);
		Integer attempts = settings.maximumAttempts();
		Double coefficient = settings.backoffCoefficient();
		List<String> nonRetryable = settings.nonRetryable();
		return new ActivityPolicy(startToClose, scheduleToClose,
				(scheduleToStart != null) ? atMost(scheduleToStart, scheduleToClose) : null,
				(heartbeat != null) ? atMost(heartbeat, startToClose) : null,
				(attempts != null) ? attempts : fallback.maximumAttempts(), initialInterval,
				(coefficient != null) ? coefficient : fallback.backoffCoefficient(),
				(maximumInterval != null) ? maximumInterval : initialInterval.multipliedBy(MAXIMUM_INTERVAL_FACTOR),
				(nonRetryable != null) ? nonRetryable : fallback.nonRetryable());
	}

	private static Duration atMost(Duration duration, @Nullable Duration limit) {
		return (limit != null && duration.compareTo(limit) > 0) ? limit : duration;
	}

	private record Call(String activityType, ActivitySettings settings) {

	}

	private record Resolved(ActivityPolicy policy, Placement placement) {

	}

}
