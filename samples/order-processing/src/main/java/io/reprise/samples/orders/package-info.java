/**
 * A shop that processes its orders with durable workflows.
 * {@link io.reprise.samples.orders.ProcessOrder} says what happens to an order; the beans
 * annotated with {@link io.reprise.Activity} do it; {@code ShopRunner} feeds in the
 * orders and shows what became of them.
 * <p>
 * <b>Dependents:</b> none, this is an application.
 * <p>
 * <b>Threading:</b> activities are beans that many threads enter at once; each run of the
 * workflow has an instance of its own.
 */
@NullMarked
package io.reprise.samples.orders;

import org.jspecify.annotations.NullMarked;
