package io.reprise.protocol;

/**
 * An update that somebody has sent to a run. It is no part of the history before a turn
 * has accepted it.
 *
 * @param updateId recognises the same update sent twice
 * @param name name of the update
 * @param arguments its arguments
 */
public record UpdateRequest(String updateId, String name, Payload arguments) {

}
