package io.reprise.replay;

import java.lang.reflect.Type;
import java.util.function.Supplier;

import io.reprise.RecordedFailure;
import io.reprise.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * What a promise came to.
 */
sealed interface Outcome {

	/**
	 * A value to hand out.
	 *
	 * @param value the value
	 */
	record Value(@Nullable Object value) implements Outcome {

		static final Value NOTHING = new Value(null);

	}

	/**
	 * A value that nobody has read yet. Reading runs application code, so it is left to
	 * the thread that asks.
	 *
	 * @param payload the value as recorded
	 * @param type type to read it as
	 * @param source whose result it is, for messages
	 */
	record Encoded(Payload payload, Type type, String source) implements Outcome {

	}

	/**
	 * A failure that the history records. Made anew for each who asks, with the stack
	 * trace of that call.
	 *
	 * @param failure makes the exception
	 */
	record Failed(Supplier<? extends RecordedFailure> failure) implements Outcome {

	}

	/**
	 * An exception that escaped from the workflow's own asynchronous work.
	 *
	 * @param exception the exception
	 */
	record Thrown(Exception exception) implements Outcome {

	}

}
