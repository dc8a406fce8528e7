package io.reprise;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a workflow: a class, or an interface that other applications share and one class
 * implements. Workflow classes are scanned like entities, made anew for each run and
 * never are beans. Their constructor takes durable activity stubs and nothing else.
 *
 * @see Workflows
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Workflow {

	/**
	 * Name of the workflow type as histories record it.
	 * @return the name; empty means the simple name of the annotated type
	 */
	String value() default "";

	/**
	 * Marks the one method that is the workflow.
	 */
	@Documented
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Run {

	}

	/**
	 * Marks a method that reads the workflow's state from outside. It must not change
	 * state, block or call activities, and is answered for running and for closed runs.
	 */
	@Documented
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Query {

		/**
		 * Name of the query.
		 * @return the name; empty means the method's name
		 */
		String value() default "";

		/**
		 * Whether the method takes what has no query of its own: a {@code String} with
		 * the name, and {@link Arguments}.
		 * @return {@code true} if so
		 */
		boolean dynamic() default false;

	}

	/**
	 * Marks a {@code void} method that receives a durable message. It may change state,
	 * wait and call activities.
	 */
	@Documented
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Signal {

		/**
		 * Name of the signal.
		 * @return the name; empty means the method's name
		 */
		String value() default "";

		/**
		 * Whether the method takes what has no signal of its own: a {@code String} with
		 * the name, and {@link Arguments}.
		 * @return {@code true} if so
		 */
		boolean dynamic() default false;

	}

	/**
	 * Marks a method that changes the workflow and answers whoever asked for it. It may
	 * wait and call activities. Once it has begun, it is durable like a signal; before, a
	 * {@link UpdateValidator} may refuse it.
	 */
	@Documented
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Update {

		/**
		 * Name of the update.
		 * @return the name; empty means the method's name
		 */
		String value() default "";

		/**
		 * Whether the method takes what has no update of its own: a {@code String} with
		 * the name, and {@link Arguments}.
		 * @return {@code true} if so
		 */
		boolean dynamic() default false;

	}

	/**
	 * Marks a {@code void} method that refuses an update by throwing. It has the
	 * parameters of the update, and like a query it must neither change state nor wait.
	 * What it refuses leaves no trace.
	 */
	@Documented
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface UpdateValidator {

		/**
		 * Name of the update.
		 * @return the name
		 */
		String value();

	}

}
