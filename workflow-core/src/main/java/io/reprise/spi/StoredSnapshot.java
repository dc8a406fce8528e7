package io.reprise.spi;

/**
 * The folded state of a run, so that loading need not fold the whole history.
 *
 * @param lastEventId id of the last event folded in
 * @param body the encoded state, opaque
 */
public record StoredSnapshot(long lastEventId, byte[] body) {

}
