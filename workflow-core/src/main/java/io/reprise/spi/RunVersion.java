package io.reprise.spi;

/**
 * How far the store is with a run.
 *
 * @param version its version
 * @param messageWaiting whether a command was left for it that nobody has taken
 */
public record RunVersion(long version, boolean messageWaiting) {

}
