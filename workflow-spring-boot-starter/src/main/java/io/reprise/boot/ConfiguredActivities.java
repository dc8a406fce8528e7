package io.reprise.boot;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.reprise.ActivitySettings;
import io.reprise.ErrorCode;
import io.reprise.WorkflowException;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * The options under {@code workflow.activities}: of all activities ({@code defaults}), of
 * groups ({@code Payments}) and of single ones ({@code Payments.chargeCard}). Names are
 * compared as Boot compares all names: without regard to case and dashes. As the
 * activities are known, they are asked for one by one; no map could hold both levels.
 */
final class ConfiguredActivities {

	private static final String PREFIX = "workflow.activities";

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(PREFIX);

	private static final String DEFAULTS = PREFIX + ".defaults";

	private static final Set<String> OPTIONS = Arrays.stream(ActivityProperties.class.getRecordComponents())
		.map((component) -> component.getName().toLowerCase(Locale.ROOT))
		.collect(Collectors.toUnmodifiableSet());

	private final Iterable<ConfigurationPropertySource> sources;

	private final Binder binder;

	ConfiguredActivities(Environment environment) {
		sources = ConfigurationPropertySources.get(environment);
		binder = Binder.get(environment);
	}

	/**
	 * Options of all activities.
	 * @return the settings under {@code defaults}
	 */
	ActivitySettings defaults() {
		return bind(DEFAULTS);
	}

	/**
	 * Options of groups and single activities.
	 * @param activities names of all activities, {@code Group.method}
	 * @return the settings by {@code Group} and {@code Group.method}, where there are any
	 */
	Map<String, ActivitySettings> settings(Collection<String> activities) {
		Map<String, ActivitySettings> settings = new LinkedHashMap<>();
		for (String name : withGroups(activities)) {
			ActivitySettings bound = bind(PREFIX + "." + name);
			if (!bound.equals(ActivitySettings.none())) {
				settings.put(name, bound);
			}
		}
		return settings;
	}

	/**
	 * Properties that mean nothing, misspelt ones most likely.
	 * @param activities names of all activities, {@code Group.method}
	 * @return names of properties in alphabetical order
	 */
	Set<String> unknown(Collection<String> activities) {
		Set<ConfigurationPropertyName> places = new LinkedHashSet<>();
		places.add(ConfigurationPropertyName.of(DEFAULTS));
		withGroups(activities).forEach((name) -> places.add(name(PREFIX + "." + name)));
		Set<String> unknown = new TreeSet<>();
		for (ConfigurationPropertySource source : sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter(ROOT::isAncestorOf)
					.filter((name) -> places.stream().noneMatch((place) -> isOption(place, name)))
					.forEach((name) -> unknown.add(name.toString()));
			}
		}
		return unknown;
	}

	private static boolean isOption(ConfigurationPropertyName place, ConfigurationPropertyName name) {
		int depth = place.getNumberOfElements();
		return place.isAncestorOf(name)
				&& OPTIONS.contains(name.getElement(depth, ConfigurationPropertyName.Form.UNIFORM));
	}

	private ActivitySettings bind(String prefix) {
		ActivityProperties bound = binder.bind(name(prefix), Bindable.of(ActivityProperties.class)).orElse(null);
		if (bound == null) {
			return ActivitySettings.none();
		}
		try {
			return bound.toSettings();
		}
		catch (WorkflowException ex) {
			throw new SetupException(ErrorCode.INVALID_ARGUMENT, ex.getMessage() + " (under " + prefix + ")",
					"Correct the property under " + prefix, ex);
		}
	}

	private static ConfigurationPropertyName name(String name) {
		return ConfigurationPropertyName.adapt(name, '.');
	}

	private static Set<String> withGroups(Collection<String> activities) {
		Set<String> names = new TreeSet<>();
		for (String activity : activities) {
			names.add(activity);
			int dot = activity.lastIndexOf('.');
			if (dot > 0) {
				names.add(activity.substring(0, dot));
			}
		}
		return names;
	}

}
