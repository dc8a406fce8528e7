/**
 * Measures how fast workflows run: a closed-loop driver, what the database alone reaches,
 * and the marks that each figure must reach. Nobody depends on it. The main thread
 * drives; the clients of a cell are threads of their own.
 */
@NullMarked
package io.reprise.benchmarks;

import org.jspecify.annotations.NullMarked;
