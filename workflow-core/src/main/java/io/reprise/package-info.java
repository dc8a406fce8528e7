/**
 * The public API: what applications annotate, call and catch.
 * <p>
 * <b>Dependents:</b> everybody. This package depends on nothing inside Reprise.
 * <p>
 * <b>Threading:</b> {@link io.reprise.Workflows} is legal only on a workflow's own
 * threads, {@link io.reprise.Activities} only on an activity's;
 * {@link io.reprise.WorkflowClient} and its handles may be shared between threads. Values
 * are immutable.
 */
@NullMarked
package io.reprise;

import org.jspecify.annotations.NullMarked;
