package io.reprise.it.features;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import io.reprise.ErrorCode;
import io.reprise.HistoryEntry;
import io.reprise.StartOptions;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowException;
import io.reprise.WorkflowFailedException;
import io.reprise.WorkflowRef;
import io.reprise.WorkflowStatus;
import io.reprise.boot.WorkflowRuntime;
import io.reprise.it.features.shop.Probe;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What users do, in the shop on one database. Tests share the shop, so each has ids of
 * its own.
 */
abstract class FeatureSuite {

	/** Long enough for a machine that does much else. */
	static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Database database;

	ConfigurableApplicationContext shop;

	WorkflowClient client;

	Probe probe;

	FeatureSuite(Database database) {
		this.database = database;
	}

	@BeforeEach
	void enterShop() {
		shop = Applications.shop(database);
		client = shop.getBean(WorkflowClient.class);
		probe = shop.getBean(Probe.class);
	}

	/** Drops all workflows from memory: the next turn or query replays. */
	void evictAll() {
		shop.getBean(WorkflowRuntime.class).worker().evictAll();
	}

	static String newId(String prefix) {
		return prefix + "-" + UUID.randomUUID();
	}

	static StartOptions withNewId(String prefix) {
		return StartOptions.withId(newId(prefix));
	}

	static ConditionFactory eventually() {
		return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10));
	}

	/** Waits until the last turn has left an event of a kind. */
	static void awaitEvent(WorkflowRef workflow, String type) {
		eventually().until(() -> workflow.history().stream().anyMatch((event) -> event.type().equals(type)));
	}

	static HistoryEntry event(WorkflowRef workflow, String type) {
		return workflow.history().stream().filter((event) -> event.type().equals(type)).findFirst().orElseThrow();
	}

	static Map<?, ?> map(Object value) {
		return (Map<?, ?>) value;
	}

	static void assertCode(ErrorCode code, ThrowingCallable call) {
		assertThatThrownBy(call).isInstanceOfSatisfying(WorkflowException.class,
				(ex) -> assertThat(ex.code()).isEqualTo(code));
	}

	/** The failure that a workflow's result shows. */
	static WorkflowFailedException failureOf(WorkflowRef workflow, WorkflowStatus status) {
		WorkflowFailedException failure = catchThrowableOfType(WorkflowFailedException.class,
				() -> workflow.result(Object.class, PATIENCE));
		assertThat(failure).isNotNull();
		assertThat(failure.status()).isEqualTo(status);
		return failure;
	}

}
