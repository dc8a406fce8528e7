package io.reprise.testkit;

import java.io.IOException;

import io.reprise.Activity;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** Leaves out of a {@link WorkflowTest} what does not carry activities. */
class WorkflowTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<WorkflowTest> {

	/** The annotation may be on an interface of the bean. */
	private static final AnnotationTypeFilter ACTIVITIES = new AnnotationTypeFilter(Activity.class, true, true);

	WorkflowTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
	}

	@Override
	protected boolean defaultInclude(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
		return ACTIVITIES.match(reader, factory) || super.defaultInclude(reader, factory);
	}

}
