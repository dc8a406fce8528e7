package io.reprise.replay;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.spi.PayloadConverter;
import org.jspecify.annotations.Nullable;

/**
 * Hands out what promises came to.
 */
final class Outcomes {

	private Outcomes() {
	}

	/**
	 * Gives the value of a settled promise or throws its failure.
	 * @throws WorkflowException with {@code DECODING_FAILED} if the value cannot be read
	 */
	@SuppressWarnings({ "unchecked", "NullAway" })
	static <T extends @Nullable Object> T open(SettablePromise<T> promise, Outcome outcome,
			PayloadConverter converter) {
		return switch (outcome) {
			case Outcome.Value settled -> (T) settled.value();
			case Outcome.Encoded encoded -> {
				Object value = decode(encoded, converter);
				promise.read(value);
				yield (T) value;
			}
			case Outcome.Failed failed -> throw failed.failure().get();
			case Outcome.Thrown thrown -> throw Outcomes.<RuntimeException>unchecked(thrown.exception());
		};
	}

	private static @Nullable Object decode(Outcome.Encoded encoded, PayloadConverter converter) {
		try {
			return converter.fromPayload(encoded.payload(), encoded.type());
		}
		catch (RuntimeException ex) {
			boolean codec = ex instanceof WorkflowException problem && problem.code() == ErrorCode.CODEC_FAILED;
			throw new WorkflowException(codec ? ErrorCode.CODEC_FAILED : ErrorCode.DECODING_FAILED,
					"Expected the result of %s to be readable as %s, but it is not: %s. ".formatted(encoded.source(),
							encoded.type().getTypeName(), ex.getMessage())
							+ "Make the type read what is recorded, or deploy the former one",
					ex);
		}
	}

	/**
	 * A supplier cannot declare checked exceptions, but it can throw them; they leave as
	 * they came.
	 */
	@SuppressWarnings("unchecked")
	private static <E extends Exception> E unchecked(Exception exception) throws E {
		throw (E) exception;
	}

}
