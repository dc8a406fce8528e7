package io.reprise.spi;

import io.reprise.protocol.ExecutionKey;

/**
 * A command that waits for the owner of its run.
 *
 * @param key the run
 * @param requestId recognises the same command sent twice
 * @param body the encoded command, opaque
 */
public record InboxEntry(ExecutionKey key, String requestId, byte[] body) {

}
