/**
 * Reprise as the benchmarks see it: a Spring Boot application with the starter, and the
 * adapter that drives it.
 */
@NullMarked
package io.reprise.benchmarks.reprise;

import org.jspecify.annotations.NullMarked;
