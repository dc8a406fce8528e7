package io.reprise.convert;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.Payload;
import io.reprise.spi.PayloadCodec;

/**
 * Encrypts payloads with AES-256 in Galois/Counter Mode. Each has a random nonce of its
 * own. The encoding names the key and what is inside
 * ({@code aes-gcm;key=2026-01;of=json}), and is authenticated with the data. One key
 * writes, all read: that is how keys are rotated.
 * <p>
 * May be shared between threads. Nothing it says shows a key.
 */
public final class AesGcmCodec implements PayloadCodec {

	private static final String NAME = "aes-gcm";

	private static final String KEY_ID = "[A-Za-z0-9._-]{1,64}";

	private static final int KEY_BYTES = 32;

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private final Map<String, SecretKeySpec> keys = new TreeMap<>();

	private final String activeKey;

	private final SecretKeySpec writing;

	private final SecureRandom random;

	/**
	 * Makes a codec.
	 * @param keys the keys by their ids, of 32 bytes each; copied
	 * @param activeKey id of the key that writes
	 * @param random where nonces come from
	 * @throws WorkflowException with {@code INVALID_ARGUMENT} if a key or an id is not
	 * valid
	 */
	public AesGcmCodec(Map<String, byte[]> keys, String activeKey, SecureRandom random) {
		keys.forEach((id, key) -> this.keys.put(requireId(id), key(id, key)));
		SecretKeySpec active = this.keys.get(activeKey);
		if (active == null) {
			throw new WorkflowException(ErrorCode.INVALID_ARGUMENT,
					"Expected the active key '%s' to be one of the keys, but they are %s. Set workflow.codec.aes.keys.%s, or name another key with workflow.codec.aes.active-key"
						.formatted(activeKey, this.keys.keySet(), activeKey));
		}
		this.activeKey = activeKey;
		this.writing = active;
		this.random = random;
	}

	private static String requireId(String id) {
		if (!id.matches(KEY_ID)) {
			throw new WorkflowException(ErrorCode.INVALID_ARGUMENT,
					"Expected the id of a key to be 1 to 64 letters, digits, dots, hyphens and underscores, but it is '%s'. Give it another"
						.formatted(id));
		}
		return id;
	}

	private static SecretKeySpec key(String id, byte[] key) {
		if (key.length != KEY_BYTES) {
			throw new WorkflowException(ErrorCode.INVALID_ARGUMENT,
					"Expected key '%s' to have %d bytes for AES-256, but it has %d. Make one with: openssl rand -base64 %d"
						.formatted(id, KEY_BYTES, key.length, KEY_BYTES));
		}
		return new SecretKeySpec(key, "AES");
	}

	@Override
	public Payload encode(Payload payload) {
		String encoding = Layers.over(NAME + ";key=" + activeKey, payload.encoding());
		byte[] nonce = new byte[NONCE_BYTES];
		random.nextBytes(nonce);
		try {
			Cipher cipher = cipher(Cipher.ENCRYPT_MODE, writing, nonce, encoding);
			byte[] data = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(payload.size()));
			cipher.doFinal(payload.data(), 0, payload.size(), data, NONCE_BYTES);
			return new Payload(encoding, data);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Expected AES in Galois/Counter Mode to be available", ex);
		}
	}

	@Override
	public Payload decode(Payload payload) {
		String below = Layers.below(payload.encoding(), NAME);
		if (below == null) {
			return payload;
		}
		String id = String.valueOf(Layers.parameter(payload.encoding(), "key"));
		SecretKeySpec key = keys.get(id);
		if (key == null) {
			throw new WorkflowException(ErrorCode.CODEC_FAILED,
					"Expected the key '%s' with which a payload was encrypted, but there are only %s. Set workflow.codec.aes.keys.%s; keep old keys until no run needs them"
						.formatted(id, keys.keySet(), id));
		}
		try {
			if (payload.size() < NONCE_BYTES) {
				throw new AEADBadTagException();
			}
			byte[] nonce = Arrays.copyOf(payload.data(), NONCE_BYTES);
			Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, payload.encoding());
			return new Payload(below, cipher.doFinal(payload.data(), NONCE_BYTES, payload.size() - NONCE_BYTES));
		}
		catch (AEADBadTagException ex) {
			throw new WorkflowException(ErrorCode.CODEC_FAILED,
					"Expected a payload of %d bytes to be what key '%s' encrypted, but it is not: it was changed, or the key is another one under the same id. Set the right key, or restore what was recorded"
						.formatted(payload.size(), id));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Expected AES in Galois/Counter Mode to be available", ex);
		}
	}

	private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String encoding)
			throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
		cipher.updateAAD(encoding.getBytes(StandardCharsets.UTF_8));
		return cipher;
	}

	@Override
	public String toString() {
		return "AesGcmCodec[keys " + keys.keySet() + ", writes with " + activeKey + "]";
	}

}
