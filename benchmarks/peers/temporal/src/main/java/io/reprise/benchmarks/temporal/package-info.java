/**
 * Temporal's SDK on its in-memory server for tests, in one JVM, as a system under test.
 * It keeps nothing: its figures say how quick the SDK is, not how quick Temporal is.
 */
@NullMarked
package io.reprise.benchmarks.temporal;

import org.jspecify.annotations.NullMarked;
