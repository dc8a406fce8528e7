package io.reprise.boot;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import io.reprise.WorkflowException;
import io.reprise.convert.AesGcmCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Codecs of payloads.
 *
 * @param aes Encryption with AES-256-GCM.
 * @param compressAbove Payloads of more bytes are compressed. None is if not set.
 * @param encryptFailures Whether messages and stack traces of failures pass the codecs
 * too.
 */
@ConfigurationProperties("workflow.codec")
public record CodecProperties(@Nullable Aes aes, @Nullable DataSize compressAbove,
		@DefaultValue("false") boolean encryptFailures) {

	public CodecProperties {
		if (compressAbove != null && (compressAbove.toBytes() < 0 || compressAbove.toBytes() > Integer.MAX_VALUE)) {
			throw new IllegalArgumentException(
					"Expected workflow.codec.compress-above to be 0 up to 2GB, but it is '%s'"
						.formatted(compressAbove));
		}
	}

	/**
	 * Encryption with AES-256-GCM.
	 *
	 * @param keys Keys of 32 bytes in base 64, by their ids. All of them read.
	 * @param activeKey Id of the key that writes.
	 */
	public record Aes(@DefaultValue Map<String, String> keys, @Nullable String activeKey) {

		public Aes {
			keys = Map.copyOf(keys);
		}

		AesGcmCodec codec(SecureRandom random) {
			if (activeKey == null) {
				throw new SetupException(
						"Expected workflow.codec.aes.active-key to name one of the keys, but it is not set",
						"Set it to the id of the key that writes; the keys are "
								+ keys.keySet().stream().sorted().toList());
			}
			Map<String, byte[]> decoded = new LinkedHashMap<>();
			keys.forEach((id, key) -> decoded.put(id, decode(id, key)));
			try {
				return new AesGcmCodec(decoded, activeKey, random);
			}
			catch (WorkflowException ex) {
				throw SetupException.of(ex);
			}
		}

		private static byte[] decode(String id, String key) {
			try {
				return Base64.getDecoder().decode(key.strip());
			}
			catch (IllegalArgumentException ex) {
				// Its message quotes a character of the key
				throw new SetupException(
						"Expected workflow.codec.aes.keys.%s to be 32 bytes in base 64, but it is no base 64"
							.formatted(id),
						"Make a key with: openssl rand -base64 32");
			}
		}

		/** Keys belong into no log. */
		@Override
		public String toString() {
			return "Aes[keys " + keys.keySet().stream().sorted().toList() + ", activeKey " + activeKey + "]";
		}

	}

}
