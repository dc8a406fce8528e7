package io.reprise.spi;

import io.reprise.protocol.Payload;

/**
 * Changes the bytes of payloads on their way out of the application, and changes them
 * back on their way in: encrypts, compresses, signs. Runs in the processes of workers and
 * clients only; the engine and the database see what it made.
 * <p>
 * Beans of this type are applied in their order on the way out and in the opposite one on
 * the way in. {@link Payload#NULL} is never given to a codec. Implementations are shared
 * between threads. Two encodings of one payload may differ: replay never compares bytes.
 * <p>
 * What a codec throws stalls the run, or fails the attempt of an activity, which is
 * retried: nothing is lost by a key that is missing for a while.
 */
public interface PayloadCodec {

	/**
	 * Encodes a payload.
	 * @param payload the payload
	 * @return a payload under an encoding that {@link #decode} knows again, or the same
	 * one to leave it as it is
	 */
	Payload encode(Payload payload);

	/**
	 * Decodes a payload.
	 * @param payload any payload, of this codec or not
	 * @return the one that was encoded, or the same one if it is not of this codec
	 */
	Payload decode(Payload payload);

}
