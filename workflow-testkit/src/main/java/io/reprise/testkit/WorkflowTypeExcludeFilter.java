package io.reprise.testkit;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/**
 * Leaves out the application's components: their dependencies would not be there.
 */
final class WorkflowTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<WorkflowTest> {

	WorkflowTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
	}

}
