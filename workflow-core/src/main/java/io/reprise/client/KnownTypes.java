package io.reprise.client;

import java.util.Optional;
import java.util.Set;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.definition.WorkflowDefinition;
import io.reprise.definition.WorkflowRegistry;

/**
 * What a client knows of workflow types, so that a wrong name is refused at the call.
 * Where types run elsewhere, everything may exist.
 */
public interface KnownTypes {

	/**
	 * Checks the name of a workflow type.
	 * @param workflowType the name
	 * @throws WorkflowException with {@link ErrorCode#UNKNOWN_WORKFLOW_TYPE}
	 */
	void requireWorkflow(String workflowType);

	/**
	 * Names of a type's signals, if the type is known.
	 * @param workflowType name of the type
	 * @return the names, empty if anything may exist
	 */
	Optional<Set<String>> signals(String workflowType);

	/**
	 * Nothing is known: every name is taken.
	 * @return types that refuse nothing
	 */
	static KnownTypes any() {
		return new KnownTypes() {

			@Override
			public void requireWorkflow(String workflowType) {
				// Whoever runs the type knows whether it exists.
			}

			@Override
			public Optional<Set<String>> signals(String workflowType) {
				return Optional.empty();
			}

		};
	}

	/**
	 * The types of this application are all there are.
	 * @param registry the types
	 * @return types that refuse what is not registered
	 */
	static KnownTypes of(WorkflowRegistry registry) {
		return new KnownTypes() {

			@Override
			public void requireWorkflow(String workflowType) {
				registry.require(workflowType);
			}

			@Override
			public Optional<Set<String>> signals(String workflowType) {
				return registry.find(workflowType)
					.filter((type) -> !type.takesAnySignal())
					.map(WorkflowDefinition::signals);
			}

		};
	}

}
