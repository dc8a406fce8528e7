package io.reprise.convert;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Payload;
import io.reprise.spi.PayloadCodec;

/**
 * Compresses payloads that are long, and get shorter by it.
 */
public final class GzipCodec implements PayloadCodec {

	private static final String NAME = "gzip";

	/** What is inflated at most: more than any payload that was ever accepted. */
	private static final int MAX_INFLATED = 512 * 1024 * 1024;

	private final int above;

	/**
	 * Makes a codec.
	 * @param above payloads of more bytes are compressed
	 */
	public GzipCodec(int above) {
		this.above = above;
	}

	@Override
	public Payload encode(Payload payload) {
		if (payload.size() <= above) {
			return payload;
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.size() / 2);
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, 8192)) {
			gzip.write(payload.data());
		}
		catch (IOException ex) {
			throw new IllegalStateException("Expected to compress in memory", ex);
		}
		return (bytes.size() < payload.size()) ? new Payload(Layers.over(NAME, payload.encoding()), bytes.toByteArray())
				: payload;
	}

	@Override
	public Payload decode(Payload payload) {
		String below = Layers.below(payload.encoding(), NAME);
		if (below == null) {
			return payload;
		}
		try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(payload.data()), 8192)) {
			byte[] inflated = gzip.readNBytes(MAX_INFLATED);
			if (gzip.read() >= 0) {
				throw damaged(payload);
			}
			return new Payload(below, inflated);
		}
		catch (IOException ex) {
			throw damaged(payload);
		}
	}

	private static WorkflowException damaged(Payload payload) {
		return new WorkflowException(ErrorCode.CODEC_FAILED,
				"Expected a compressed payload of %d bytes, but it cannot be inflated. Restore what was recorded"
					.formatted(payload.size()));
	}

}
