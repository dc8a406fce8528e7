package io.reprise.benchmarks.micro;

import io.reprise.ActivitySettings;
import io.reprise.Workflows;
import io.reprise.protocol.Payload;
import io.reprise.replay.WorkflowCalls;
import io.reprise.replay.WorkflowCode;
import io.reprise.spi.PayloadConverter;
import org.jspecify.annotations.Nullable;

/**
 * A workflow that calls activities for ever, without the definitions of an application.
 */
final class SequenceCode implements WorkflowCode, WorkflowCode.Handler {

	private final PayloadConverter converter;

	SequenceCode(PayloadConverter converter) {
		this.converter = converter;
	}

	@Override
	public String workflowType() {
		return SampleRun.WORKFLOW_TYPE;
	}

	@Override
	public Object newInstance() {
		return this;
	}

	@Override
	public Handler run() {
		return this;
	}

	@Override
	public @Nullable Handler signal(String name) {
		return null;
	}

	@Override
	public @Nullable Handler query(String name) {
		return null;
	}

	@Override
	public boolean isBug(Throwable failure) {
		return true;
	}

	@Override
	public WorkflowCalls calls() {
		throw new UnsupportedOperationException("Expected other workflows to be called by name");
	}

	@Override
	public <T> T activityStub(Class<T> type, ActivitySettings settings) {
		throw new UnsupportedOperationException("Expected activities to be called by name");
	}

	@Override
	public @Nullable Object[] decode(Payload arguments) {
		return converter.fromArguments(arguments, new Class<?>[] { String.class });
	}

	@Override
	public Object invoke(Object target, @Nullable Object[] arguments) {
		Object last = arguments[0];
		while (true) {
			last = Workflows.activity(SampleRun.ACTIVITY_TYPE, String.class, last);
		}
	}

	@Override
	public Payload encode(@Nullable Object result) {
		return converter.toPayload(result);
	}

}
