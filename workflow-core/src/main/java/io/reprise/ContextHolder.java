package io.reprise;

import org.jspecify.annotations.Nullable;

/**
 * The thread-bound contexts. One thread serves one workflow coroutine or one activity, so
 * a plain thread-local is enough and never inherited.
 */
final class ContextHolder {

	static final ThreadLocal<@Nullable WorkflowContext> WORKFLOW = new ThreadLocal<>();

	static final ThreadLocal<@Nullable ActivityContext> ACTIVITY = new ThreadLocal<>();

	private ContextHolder() {
	}

}
