package io.reprise.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.reprise.HistoryEntry;
import io.reprise.convert.JacksonPayloadConverter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Assertions on events of one kind that a run has, and on the run.
 */
public final class EventAssert extends WorkflowAssert {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final String what;

	private final List<HistoryEntry> events;

	EventAssert(WorkflowAssert run, String what, List<HistoryEntry> events) {
		super(run.workflow(), run.description(), run.history());
		this.what = what;
		this.events = events;
	}

	/**
	 * Verifies how often it happened.
	 * @param expected how often
	 * @return this
	 */
	public EventAssert times(int expected) {
		if (events.size() != expected) {
			throw unmet("%s %d times, but see events %s", what, expected,
					events.stream().map(HistoryEntry::id).toList());
		}
		return this;
	}

	/**
	 * Verifies that it happened once.
	 * @return this
	 */
	public EventAssert once() {
		return times(1);
	}

	/**
	 * Verifies that it happened with arguments at least once, and goes on with these.
	 * @param arguments the arguments, compared as JSON
	 * @return assertions on the events with these arguments
	 */
	public EventAssert withArguments(@Nullable Object... arguments) {
		String expected = new String(JacksonPayloadConverter.withDefaults().toArguments(arguments).data(),
				StandardCharsets.UTF_8);
		List<HistoryEntry> found = events.stream().filter(event -> hasArguments(event, expected)).toList();
		if (found.isEmpty()) {
			throw unmet("%s with arguments %s, but they are %s", what, expected,
					events.stream().map(event -> event.attributes().get("arguments")).toList());
		}
		return new EventAssert(this, what + " with arguments " + expected, found);
	}

	private static boolean hasArguments(HistoryEntry event, String expected) {
		return event.attributes().get("arguments") instanceof String json
				&& JSON.readTree(json).equals(JSON.readTree(expected));
	}

}
