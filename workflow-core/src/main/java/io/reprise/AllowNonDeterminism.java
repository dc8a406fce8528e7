package io.reprise;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that what a method, a constructor or a class does is alright in a workflow
 * although it looks as if it differed from one replay to the next. The scan of workflow
 * code looks neither into it nor into what it calls.
 */
@Documented
@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR })
@Retention(RetentionPolicy.RUNTIME)
public @interface AllowNonDeterminism {

	/**
	 * Why replays do not differ.
	 * @return the reason; a blank one allows nothing
	 */
	String value();

}
