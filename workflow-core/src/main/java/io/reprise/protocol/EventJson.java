package io.reprise.protocol;

import io.reprise.Internal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * Events as JSON: an object with its kind first. Released kinds and names never change.
 */
@Internal("the kernel stores unseen inputs by the same rules")
public final class EventJson {

	private EventJson() {
	}

	/**
	 * Writes an event as a value.
	 * @param gen where to
	 * @param event the event
	 */
	public static void write(JsonGenerator gen, HistoryEvent event) {
		new EventWriter(gen).write(event);
	}

	/**
	 * Reads an event. To be called within {@link JsonIo#read}.
	 * @param p a parser on its value
	 * @return the event
	 */
	public static HistoryEvent read(JsonParser p) {
		return EventReader.read(p);
	}

}
