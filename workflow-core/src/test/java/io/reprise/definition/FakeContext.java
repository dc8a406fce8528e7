package io.reprise.definition;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.reprise.ActivityCall;
import io.reprise.Promise;
import io.reprise.WorkflowContext;
import org.jspecify.annotations.Nullable;

/**
 * A workflow's context that keeps the activities it is asked for.
 */
final class FakeContext {

	private final List<ActivityCall> calls = new ArrayList<>();

	private @Nullable Object result;

	private @Nullable Error error;

	FakeContext answering(@Nullable Object value) {
		result = value;
		return this;
	}

	FakeContext failing(Error failure) {
		error = failure;
		return this;
	}

	List<ActivityCall> calls() {
		return calls;
	}

	ActivityCall call() {
		return calls.getLast();
	}

	<T> T run(Supplier<T> work) {
		WorkflowContext context = (WorkflowContext) Proxy.newProxyInstance(WorkflowContext.class.getClassLoader(),
				new Class<?>[] { WorkflowContext.class }, (proxy, method, args) -> {
					if (!method.getName().equals("startActivity")) {
						throw new UnsupportedOperationException(method.getName());
					}
					calls.add((ActivityCall) args[0]);
					return promise();
				});
		WorkflowContext.bind(context);
		try {
			return work.get();
		}
		finally {
			WorkflowContext.bind(null);
		}
	}

	void run(Runnable work) {
		run(() -> {
			work.run();
			return "";
		});
	}

	private Promise<@Nullable Object> promise() {
		return new Promise<>() {

			@Override
			public @Nullable Object get() {
				if (error != null) {
					throw error;
				}
				return result;
			}

			@Override
			public boolean isDone() {
				return true;
			}

		};
	}

}
