package io.reprise.protocol;

import io.reprise.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * An update that a turn did not take. The history knows nothing of it.
 *
 * @param updateId the update
 * @param code why
 * @param message why, and what to do
 * @param failure what the validator threw, or {@code null} if none did
 */
public record UpdateRejection(String updateId, ErrorCode code, String message, @Nullable Failure failure) {

}
