package io.reprise.spi;

/**
 * A row of a history.
 *
 * @param firstEventId id of its first event
 * @param body the encoded transition, opaque
 */
public record StoredTransition(long firstEventId, byte[] body) {

}
