/**
 * Parts of the engine by themselves, measured by JMH: what the kernel decides, the JSON
 * of a transition, replay. Nothing here knows of a database.
 */
@NullMarked
package io.reprise.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
