package io.reprise.replay;

import java.lang.reflect.Type;
import java.util.function.Supplier;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Payload;
import io.reprise.protocol.TurnCommand;
import org.jspecify.annotations.Nullable;

/**
 * Runs side effects once and records their values.
 */
final class SideEffects {

	private final WorkflowRun run;

	SideEffects(WorkflowRun run) {
		this.run = run;
	}

	/**
	 * Takes the recorded value, or runs the effect. The workflow gets the value as it was
	 * written and read again, so that it never sees anything that a replay would not give
	 * it. An effect that fails leaves nothing to replay, so it must stall the run rather
	 * than be caught.
	 */
	@Nullable Object take(Type type, Supplier<?> effect) {
		Payload recorded = run.sink().replayedSideEffect();
		if (recorded != null) {
			return read(recorded, type);
		}
		run.requireDurableInput();
		Payload payload = write(value(effect));
		Object value = read(payload, type);
		run.sink().issue(new TurnCommand.RecordSideEffect(payload));
		return value;
	}

	private @Nullable Object value(Supplier<?> effect) {
		try {
			return effect.get();
		}
		catch (MachineError ex) {
			throw ex;
		}
		catch (Throwable ex) {
			ErrorCode code = (ex instanceof WorkflowException misuse) ? misuse.code() : ErrorCode.WORKFLOW_BUG;
			throw run.fate()
				.bug(code, "Expected a side effect to give a value, but it threw " + Bugs.describe(ex)
						+ ". Nothing was recorded. Catch exceptions inside, or make it an activity");
		}
	}

	private Payload write(@Nullable Object value) {
		Payload payload;
		try {
			payload = run.services().converter().toPayload(value);
		}
		catch (WorkflowException ex) {
			throw run.fate()
				.bug(ex.code(), "Expected the value of a side effect that can be written, but it cannot: "
						+ ex.getMessage() + Bugs.at(SourceLine.ofCaller()));
		}
		int limit = run.services().limits().payloadBytes();
		if (payload.size() > limit) {
			throw run.fate()
				.bug(ErrorCode.PAYLOAD_TOO_LARGE,
						"Expected the value of a side effect of at most %d bytes, but it has %d%s. Record a reference"
							.formatted(limit, payload.size(), Bugs.at(SourceLine.ofCaller())));
		}
		return payload;
	}

	private @Nullable Object read(Payload payload, Type type) {
		try {
			return run.services().converter().fromPayload(payload, type);
		}
		catch (WorkflowException ex) {
			throw run.fate()
				.bug(ex.code(), "Expected the value of a side effect to be readable as %s, but it is not: %s%s"
					.formatted(type.getTypeName(), ex.getMessage(), Bugs.at(SourceLine.ofCaller())));
		}
	}

}
