package io.reprise.replay;

import io.reprise.ActivityCall;
import io.reprise.ActivitySettings;
import io.reprise.Promise;
import io.reprise.WorkflowContext;
import io.reprise.Workflows;
import org.jspecify.annotations.Nullable;

/**
 * Activities for test workflows.
 */
final class Acts {

	private Acts() {
	}

	static @Nullable Object call(String type, @Nullable Object... arguments) {
		return Workflows.activity(type, Object.class, arguments);
	}

	static Promise<@Nullable Object> start(String type, @Nullable Object... arguments) {
		return WorkflowContext.current()
			.startActivity(new ActivityCall(type, ActivitySettings.none(), Object.class, arguments));
	}

}
