/**
 * The client: {@link io.reprise.WorkflowClient} over a
 * {@link io.reprise.client.WorkflowGateway}, which is the engine in the same process or,
 * later, a server far away.
 * <p>
 * <b>Dependents:</b> starter, test kit.
 * <p>
 * <b>Threading:</b> everything may be called by any thread but a workflow's own. Calls
 * block until they are answered.
 */
@NullMarked
package io.reprise.client;

import org.jspecify.annotations.NullMarked;
