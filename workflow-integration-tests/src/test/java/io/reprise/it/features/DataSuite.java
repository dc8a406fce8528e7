package io.reprise.it.features;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.reprise.ErrorCode;
import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowHandle;
import io.reprise.boot.WorkflowRuntime;
import io.reprise.it.features.vault.Amount;
import io.reprise.it.features.vault.KeepDocument;
import io.reprise.it.features.vault.Vault;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Converters, codecs, and payloads that are kept beside the history.
 */
abstract class DataSuite {

	private static final String KEY_ONE = "workflow.codec.aes.keys.one=" + key(1);

	private static final String KEY_TWO = "workflow.codec.aes.keys.two=" + key(2);

	private static final Amount FEE = Amount.parse("12.50 EUR");

	private final Database database;

	DataSuite(Database database) {
		this.database = database;
	}

	@Test
	void shouldKeepLargePayloadsBesideTheHistory() throws SQLException {
		byte[] document = new byte[5 * 1024 * 1024];
		new Random(5).nextBytes(document);
		String url = database.create();
		String id;
		try (ConfigurableApplicationContext vault = start(url)) {
			WorkflowHandle<KeepDocument, byte[]> kept = keep(vault, document);
			FeatureSuite.eventually().until(() -> notes(kept).size() == 3);
			id = kept.workflowId();
			forgetAll(vault);
			assertThat(notes(kept)).hasSize(3);
			assertThat(count(vault, "SELECT count(*) FROM workflow_payload")).isEqualTo(3);
			assertThat(count(vault, "SELECT max(octet_length(body)) FROM workflow_history")).isLessThan(20_000);
		}
		try (ConfigurableApplicationContext vault = start(url)) {
			WorkflowHandle<KeepDocument, byte[]> kept = find(vault, id);
			kept.signal((w) -> w.release("take it"));
			assertThat((byte[]) kept.result(FeatureSuite.PATIENCE)).isEqualTo(raised(document, 2));
			forgetAll(vault);
			assertThat((byte[]) find(vault, id).result(FeatureSuite.PATIENCE)).isEqualTo(raised(document, 2));
		}
	}

	@Test
	void shouldShowNothingToTheDatabase() throws SQLException {
		String url = database.create();
		byte[] document = "secret document ".repeat(1000).getBytes(StandardCharsets.UTF_8);
		try (ConfigurableApplicationContext vault = start(url, KEY_ONE, "workflow.codec.aes.active-key=one",
				"workflow.codec.encrypt-failures=true", "workflow.codec.compress-above=1KB",
				"workflow.payloads.claim-check-threshold=2KB")) {
			WorkflowHandle<KeepDocument, byte[]> kept = keep(vault, document);
			FeatureSuite.eventually().until(() -> notes(kept).size() == 3);
			assertThat(notes(kept)).containsExactly("secret name costs 12.50 EUR", "secret side effect",
					"secret reason of secret name, secret details");
			forgetAll(vault);
			assertThat(notes(kept)).hasSize(3);
			kept.signal((w) -> w.release("secret note"));
			assertThat((byte[]) kept.result(FeatureSuite.PATIENCE)).isEqualTo(raised(document, 2));

			assertThat(everything(vault)).isNotEmpty().noneMatch((row) -> row.contains("secret"));
			assertThat(kept.history().toString()).contains("aes-gcm;key=one;of=gzip;of=args",
					"Encoded failure [aes-gcm;key=one;of=");
		}
	}

	@Test
	void shouldRotateKeysAndWaitForThoseThatAreMissing() {
		String url = database.create();
		String id;
		try (ConfigurableApplicationContext vault = start(url, KEY_ONE, "workflow.codec.aes.active-key=one")) {
			WorkflowHandle<KeepDocument, byte[]> kept = keep(vault, new byte[] { 1 });
			FeatureSuite.eventually().until(() -> notes(kept).size() == 3);
			id = kept.workflowId();
		}
		try (ConfigurableApplicationContext vault = start(url, KEY_TWO, "workflow.codec.aes.active-key=two")) {
			WorkflowHandle<KeepDocument, byte[]> kept = find(vault, id);
			kept.signal((w) -> w.release("go"));
			FeatureSuite.eventually().until(() -> kept.describe().stall() != null);
			assertThat(kept.describe().stall().code()).isEqualTo(ErrorCode.CODEC_FAILED);
			assertThat(kept.describe().stall().message()).contains("Expected the key 'one'", "[two]");
		}
		try (ConfigurableApplicationContext vault = start(url, KEY_ONE, KEY_TWO, "workflow.codec.aes.active-key=two")) {
			WorkflowHandle<KeepDocument, byte[]> kept = find(vault, id);
			assertThat((byte[]) kept.result(FeatureSuite.PATIENCE)).containsExactly(3);
			assertThat(kept.history().toString()).contains("aes-gcm;key=one;of=", "aes-gcm;key=two;of=");
			assertThat(notes(kept)).endsWith("go");
		}
	}

	private static ConfigurableApplicationContext start(String url, String... properties) {
		String[] all = Stream.concat(Stream.of("workflow.engine.cached-runs=1"), Arrays.stream(properties))
			.toArray(String[]::new);
		return Applications.start(Vault.class, url, all);
	}

	private static WorkflowHandle<KeepDocument, byte[]> keep(ConfigurableApplicationContext vault, byte[] document) {
		return vault.getBean(WorkflowClient.class)
			.start(KeepDocument.class, (w) -> w.run("secret name", document, FEE), FeatureSuite.withNewId("document"));
	}

	@SuppressWarnings("unchecked")
	private static WorkflowHandle<KeepDocument, byte[]> find(ConfigurableApplicationContext vault, String id) {
		return (WorkflowHandle<KeepDocument, byte[]>) (WorkflowHandle<?, ?>) vault.getBean(WorkflowClient.class)
			.handle(KeepDocument.class, id);
	}

	private static List<String> notes(WorkflowHandle<KeepDocument, byte[]> kept) {
		return kept.query(KeepDocument::notes);
	}

	/** Machines go at once; the engine keeps one run, which is another one then. */
	private static void forgetAll(ConfigurableApplicationContext vault) {
		vault.getBean(WorkflowRuntime.class).worker().evictAll();
		WorkflowClient client = vault.getBean(WorkflowClient.class);
		for (int i = 0; i < 2; i++) {
			client.start(KeepDocument.class, (w) -> w.run("other", new byte[0], FEE), StartOptions.defaults())
				.terminate("only to be another one");
		}
	}

	private static byte[] raised(byte[] bytes, int by) {
		byte[] raised = bytes.clone();
		for (int i = 0; i < raised.length; i++) {
			raised[i] += (byte) by;
		}
		return raised;
	}

	private static long count(ConfigurableApplicationContext vault, String query) throws SQLException {
		try (Connection connection = vault.getBean(DataSource.class).getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(query)) {
			rows.next();
			return rows.getLong(1);
		}
	}

	private static List<String> everything(ConfigurableApplicationContext vault) throws SQLException {
		List<String> all = new ArrayList<>();
		try (Connection connection = vault.getBean(DataSource.class).getConnection();
				Statement statement = connection.createStatement()) {
			for (String column : List.of("body FROM workflow_history", "body FROM workflow_payload",
					"body FROM workflow_snapshot", "body FROM workflow_inbox",
					"overlay FROM workflow_execution WHERE overlay IS NOT NULL")) {
				try (ResultSet rows = statement.executeQuery("SELECT " + column)) {
					while (rows.next()) {
						all.add(new String(rows.getBytes(1), StandardCharsets.UTF_8));
					}
				}
			}
		}
		return all;
	}

	private static String key(int seed) {
		byte[] key = new byte[32];
		Arrays.fill(key, (byte) seed);
		return Base64.getEncoder().encodeToString(key);
	}

}
