package io.reprise;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Time-outs and retry policy of activities, on an activity's method or type, or on the
 * constructor parameter or field of a workflow that takes the stub. What is left empty is
 * taken from the next in line: call site, injection point, method, type,
 * {@code workflow.activities.<Group>.<method>} in the configuration, defaults.
 * <p>
 * Durations are written as Spring Boot writes them: {@code 500ms}, {@code 10s},
 * {@code 5m}, {@code PT1H}.
 *
 * @see ActivitySettings
 */
@Documented
@Target({ ElementType.METHOD, ElementType.TYPE, ElementType.PARAMETER, ElementType.FIELD })
@Retention(RetentionPolicy.RUNTIME)
public @interface ActivityOptions {

	/**
	 * Time one attempt may take.
	 * @return a duration; default {@code 1m}
	 */
	String startToCloseTimeout() default "";

	/**
	 * Time all attempts together may take, waiting included.
	 * @return a duration; unlimited by default
	 */
	String scheduleToCloseTimeout() default "";

	/**
	 * Time an attempt may wait for a free worker. Not retried.
	 * @return a duration; unlimited by default
	 */
	String scheduleToStartTimeout() default "";

	/**
	 * Longest silence between two heartbeats.
	 * @return a duration; none by default
	 */
	String heartbeatTimeout() default "";

	/**
	 * Attempts in all.
	 * @return the number of attempts, 0 for no limit, or -1 for not set; default no limit
	 */
	int maximumAttempts() default -1;

	/**
	 * Wait before the second attempt.
	 * @return a duration; default {@code 1s}
	 */
	String initialInterval() default "";

	/**
	 * Factor from one wait to the next.
	 * @return a factor of at least 1, or 0 for not set; default 2
	 */
	double backoffCoefficient() default 0;

	/**
	 * Longest wait between attempts.
	 * @return a duration; default 100 times the initial interval
	 */
	String maximumInterval() default "";

	/**
	 * Failure types that are not retried: class names, simple or qualified, or the types
	 * that {@link ApplicationFailure} names.
	 * @return the types
	 */
	String[] nonRetryable() default {};

	/**
	 * Where it runs.
	 * @return one placement, or none for not set; default {@link Placement#QUEUED}
	 */
	Placement[] placement() default {};

}
