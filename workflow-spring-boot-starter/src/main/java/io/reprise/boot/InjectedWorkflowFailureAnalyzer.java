package io.reprise.boot;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains that a workflow is not to be injected. Comes before Boot's analysis of missing
 * beans, which would advise to declare one.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InjectedWorkflowFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		Class<?> type = (cause.getResolvableType() != null) ? cause.getResolvableType().resolve() : null;
		if (type == null || cause instanceof NoUniqueBeanDefinitionException || !WorkflowScanner.isWorkflow(type)) {
			return null;
		}
		return new FailureAnalysis(
				"%s asks for workflow %s, but a workflow is no bean: each run makes an instance of its own"
					.formatted((description != null) ? description : "A bean", type.getName()),
				"Inject io.reprise.WorkflowClient and start runs with it: client.start(%s.class, w -> ..., options)"
					.formatted(type.getSimpleName()),
				cause);
	}

}
