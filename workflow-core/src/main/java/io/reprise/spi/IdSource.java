package io.reprise.spi;

/**
 * Makes ids.
 */
@FunctionalInterface
public interface IdSource {

	/**
	 * A new id, unique everywhere and roughly in order of time.
	 * @return a UUID of version 7 as text
	 */
	String next();

}
