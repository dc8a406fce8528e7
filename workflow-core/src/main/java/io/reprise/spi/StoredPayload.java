package io.reprise.spi;

import org.jspecify.annotations.Nullable;

/**
 * A payload that is kept beside the history of its run.
 *
 * @param id its id within the run, the same for equal payloads
 * @param body its bytes, or {@code null} to copy those of another run
 * @param copiedFrom the run whose payload of the same id is copied, or {@code null}
 */
public record StoredPayload(String id, byte @Nullable [] body, @Nullable String copiedFrom) {

}
