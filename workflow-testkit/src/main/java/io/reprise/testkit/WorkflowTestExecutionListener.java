package io.reprise.testkit;

import io.reprise.boot.WorkflowRuntime;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * Removes all runs after each test method, so that the next one that shares the
 * application context does not meet them.
 */
class WorkflowTestExecutionListener extends AbstractTestExecutionListener {

	/** First before a test means last after it. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 1000;
	}

	@Override
	public void afterTestMethod(TestContext testContext) {
		if (!testContext.hasApplicationContext()) {
			return;
		}
		ApplicationContext context = testContext.getApplicationContext();
		if (context.getBeanNamesForType(TestTime.class, false, false).length == 0) {
			return;
		}
		InMemoryHistoryStore store = context.getBean(InMemoryHistoryStore.class);
		WorkflowRuntime runtime = context.getBean(WorkflowRuntime.class);
		boolean running = runtime.isRunning();
		runtime.stop();
		store.clearFailures();
		store.clear();
		if (running) {
			runtime.start();
		}
	}

}
