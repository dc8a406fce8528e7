package io.reprise.spi;

import java.util.Optional;

/**
 * Where payloads are that are too large for the history. They are written with the
 * transition that needs them ({@link RunWrite#payloads}) and removed with their run.
 */
public interface PayloadStore {

	/**
	 * Reads a payload.
	 * @param runId the run that it belongs to
	 * @param id its id within the run
	 * @return its bytes, if the run has such a payload
	 * @throws StoreException if the store cannot be reached
	 */
	Optional<byte[]> payload(String runId, String id);

}
