package io.reprise.jpa;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import io.reprise.protocol.ExecutionKey;

/**
 * What indexes know a workflow id by: a hash, as ids may be longer than an index takes.
 */
final class WorkflowKey {

	private WorkflowKey() {
	}

	static byte[] of(ExecutionKey key) {
		return of(key.namespace(), key.workflowId());
	}

	static byte[] of(String namespace, String workflowId) {
		// The length in front keeps ("a", "b/c") apart from ("a/b", "c")
		String text = namespace.length() + "/" + namespace + "/" + workflowId;
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Expected SHA-256, which every JDK has", ex);
		}
	}

}
