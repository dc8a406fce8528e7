package io.reprise.boot;

import java.util.List;

import io.reprise.definition.ActivityRegistry;
import io.reprise.definition.ActivityStubs;
import io.reprise.definition.DeterminismScan;
import io.reprise.definition.MissingActivities;
import io.reprise.definition.WorkflowDefinition;
import io.reprise.definition.WorkflowRegistry;
import io.reprise.spi.PayloadConverter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The workflows and activities of the application, checked.
 *
 * @param activities the activities
 * @param workflows the workflows
 */
record Definitions(ActivityRegistry activities, WorkflowRegistry workflows) {

	private static final Logger logger = LoggerFactory.getLogger(Definitions.class);

	/**
	 * Finds and checks everything.
	 * @param beanFactory its singletons exist
	 * @param candidates workflow types that were found
	 * @param converter writes and reads values
	 * @param properties the configuration
	 * @return the definitions
	 * @throws io.reprise.definition.DefinitionException if a definition breaks a rule
	 * @throws SetupException if a workflow is a bean
	 */
	static Definitions find(ConfigurableListableBeanFactory beanFactory, List<Class<?>> candidates,
			PayloadConverter converter, WorkflowProperties properties) {
		ActivityBeans beans = new ActivityBeans(beanFactory);
		ActivityRegistry activities = ActivityRegistry.of(beans.find());
		// Only what exists: nothing is created for the sake of a check
		ActivityRegistry.of(beans.findCreated()).verifyBeans();
		WorkflowRegistry workflows = WorkflowRegistry.of(candidates, new ActivityStubs(), converter,
				properties.failures()::policy);
		MissingActivities.refuse(workflows, activities);
		if (properties.determinism().enabled()) {
			new DeterminismScan(properties.determinism().allow()).refuse(workflows);
		}
		logger.info("Found workflows {} and activities {}", workflows.types(), activities.names());
		return new Definitions(activities, workflows);
	}

	List<Class<?>> workflowClasses() {
		return workflows.definitions().stream().<Class<?>>map(WorkflowDefinition::implementation).toList();
	}

}
