package io.reprise.convert;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Payload;

/**
 * Arguments in several encodings as one payload: their number, then each with the length
 * and the text of its encoding, and the length and the bytes of its data.
 */
final class ArgumentsFraming {

	static final String ENCODING = "args";

	private ArgumentsFraming() {
	}

	static Payload join(List<Payload> arguments) {
		List<byte[]> encodings = arguments.stream()
			.map((argument) -> argument.encoding().getBytes(StandardCharsets.UTF_8))
			.toList();
		long size = Integer.BYTES;
		for (int i = 0; i < arguments.size(); i++) {
			size += 2L * Integer.BYTES + encodings.get(i).length + arguments.get(i).size();
		}
		ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size)).putInt(arguments.size());
		for (int i = 0; i < arguments.size(); i++) {
			bytes.putInt(encodings.get(i).length).put(encodings.get(i));
			bytes.putInt(arguments.get(i).size()).put(arguments.get(i).data());
		}
		return new Payload(ENCODING, bytes.array());
	}

	static List<Payload> split(Payload payload) {
		try {
			ByteBuffer bytes = ByteBuffer.wrap(payload.data());
			int count = bytes.getInt();
			List<Payload> arguments = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				String encoding = new String(next(bytes), StandardCharsets.UTF_8);
				arguments.add(new Payload(encoding, next(bytes)));
			}
			return arguments;
		}
		catch (BufferUnderflowException ex) {
			throw new WorkflowException(ErrorCode.DECODING_FAILED,
					"Expected a payload of arguments in the encoding '%s', but its %d bytes are damaged; restore what was recorded"
						.formatted(ENCODING, payload.size()));
		}
	}

	private static byte[] next(ByteBuffer bytes) {
		int length = bytes.getInt();
		if (length < 0 || length > bytes.remaining()) {
			throw new BufferUnderflowException();
		}
		byte[] next = new byte[length];
		bytes.get(next);
		return next;
	}

}
