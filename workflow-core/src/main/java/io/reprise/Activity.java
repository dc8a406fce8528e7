package io.reprise;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * A stereotype for beans whose public methods are activities, named {@code Group.method}.
 * On a bean class, or on an interface that a bean implements. Workflows call activities
 * through durable stubs of the annotated type, which record each result.
 * <p>
 * An activity runs <em>at least once</em>: its process may die between its effect and the
 * record of its result. Hand {@link ActivityInfo#idempotencyKey()} to what it calls.
 */
@Documented
@Component
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Activity {

	/**
	 * Group part of the activities' names.
	 * @return the group; empty means the simple name of the annotated type
	 */
	String value() default "";

	/**
	 * Name of the bean, as for any stereotype.
	 * @return the bean name; empty lets Spring choose
	 */
	@AliasFor(annotation = Component.class, attribute = "value")
	String beanName() default "";

}
