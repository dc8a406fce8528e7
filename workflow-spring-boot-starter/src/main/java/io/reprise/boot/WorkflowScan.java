package io.reprise.boot;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;

/**
 * Names packages in which workflows are looked for, besides those of the application
 * itself (that is, the package of the class with {@code @SpringBootApplication} and those
 * below it). Packages below the named ones are included. Without any attribute the
 * package of the annotated class is meant.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import(WorkflowScanPackages.Registrar.class)
public @interface WorkflowScan {

	/**
	 * Short for {@link #basePackages()}.
	 * @return the packages
	 */
	@AliasFor("basePackages")
	String[] value() default {};

	/**
	 * Packages to look in. Placeholders are resolved.
	 * @return the packages
	 */
	@AliasFor("value")
	String[] basePackages() default {};

	/**
	 * Classes whose packages to look in; safe against renaming.
	 * @return the classes
	 */
	Class<?>[] basePackageClasses() default {};

}
