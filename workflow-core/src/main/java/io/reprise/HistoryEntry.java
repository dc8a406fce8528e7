package io.reprise;

import java.time.Instant;
import java.util.Map;

/**
 * One event of a history, for reading.
 *
 * @param id its number within the run, from 1
 * @param time when it was recorded
 * @param type its name, such as {@code ActivityCompleted}
 * @param attributes what it says, as JSON's plain Java types
 */
public record HistoryEntry(long id, Instant time, String type, Map<String, Object> attributes) {

}
