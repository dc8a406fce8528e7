package io.reprise.testkit.simulator;

import java.util.List;

/**
 * What a program has done so far.
 *
 * @param log its steps
 * @param signals the signals it has seen
 */
public record Report(List<String> log, List<String> signals) {

}
