package io.reprise.convert;

import java.lang.reflect.Type;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.spi.ValueConverter;

/**
 * Byte arrays as they are.
 */
public final class BytesConverter implements ValueConverter {

	/** Name of the encoding. */
	public static final String ENCODING = "bytes";

	@Override
	public String encoding() {
		return ENCODING;
	}

	@Override
	public boolean canWrite(Object value) {
		return value instanceof byte[];
	}

	@Override
	public byte[] write(Object value) {
		return ((byte[]) value).clone();
	}

	@Override
	public Object read(byte[] data, Type type) {
		if (type != byte[].class && type != Object.class) {
			throw new WorkflowException(ErrorCode.DECODING_FAILED,
					"Expected a value of type %s, but the payload holds raw bytes; read it as byte[]"
						.formatted(type.getTypeName()));
		}
		return data.clone();
	}

}
