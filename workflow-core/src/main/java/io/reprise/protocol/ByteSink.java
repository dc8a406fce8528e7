package io.reprise.protocol;

import java.io.OutputStream;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Collects bytes. A generator hands most documents over in one piece, which is then
 * copied only once.
 */
final class ByteSink extends OutputStream {

	private final @Nullable ClaimCheck claimCheck;

	private byte[] bytes = new byte[0];

	private int size;

	ByteSink(@Nullable ClaimCheck claimCheck) {
		this.claimCheck = claimCheck;
	}

	/** What keeps large payloads out of the document, if anything does. */
	@Nullable ClaimCheck claimCheck() {
		return claimCheck;
	}

	@Override
	public void write(int value) {
		write(new byte[] { (byte) value }, 0, 1);
	}

	@Override
	public void write(byte[] source, int offset, int length) {
		if (size == 0) {
			bytes = Arrays.copyOfRange(source, offset, offset + length);
		}
		else {
			if (length > bytes.length - size) {
				bytes = Arrays.copyOf(bytes, Math.addExact(size, Math.max(length, size)));
			}
			System.arraycopy(source, offset, bytes, size, length);
		}
		size += length;
	}

	byte[] toByteArray() {
		return (bytes.length == size) ? bytes : Arrays.copyOf(bytes, size);
	}

}
