/**
 * Restate as a system under test: its server is another process, its handlers and the
 * caller are in this one.
 */
@NullMarked
package io.reprise.benchmarks.restate;

import org.jspecify.annotations.NullMarked;
