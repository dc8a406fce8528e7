package io.reprise.protocol;

import java.time.Instant;

/**
 * An event with its place in the history.
 *
 * @param id its number within the run, from 1 without gaps
 * @param time when it was recorded
 * @param event what happened
 */
public record RecordedEvent(long id, Instant time, HistoryEvent event) {

}
