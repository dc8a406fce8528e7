/**
 * DBOS Transact as a system under test.
 */
@NullMarked
package io.reprise.benchmarks.dbos;

import org.jspecify.annotations.NullMarked;
