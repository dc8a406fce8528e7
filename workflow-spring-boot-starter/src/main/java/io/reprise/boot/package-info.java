/**
 * Auto-configuration of Reprise for Spring Boot: finds workflows and activities, wires
 * engine, worker and client, starts and stops them with the application, and explains
 * what keeps them from starting. No logic of workflows is here.
 * <p>
 * <b>Dependents:</b> applications use the annotations,
 * {@link io.reprise.boot.WorkflowProperties} through their configuration, and nothing
 * else; the test kit uses {@link io.reprise.boot.WorkflowRuntime}.
 * <p>
 * <b>Threading:</b> everything is set up and stopped by the thread that starts and closes
 * the application context. The health indicator and the client are used by any thread.
 */
@NullMarked
package io.reprise.boot;

import org.jspecify.annotations.NullMarked;
