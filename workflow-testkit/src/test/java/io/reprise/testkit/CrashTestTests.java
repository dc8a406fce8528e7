package io.reprise.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.reprise.Activity;
import io.reprise.ActivityOptions;
import io.reprise.Placement;
import io.reprise.StartOptions;
import io.reprise.Workflow;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowHandle;
import io.reprise.Workflows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CrashTest}.
 */
@Timeout(120)
class CrashTestTests {

	@Test
	void shouldLetTheProcessDieBehindEveryTransition() {
		Bank bank = new Bank();
		try (WorkflowTestEnvironment environment = WorkflowTestEnvironment.of(Transfer.class)
			.activities(bank)
			.start()) {
			int places = CrashTest.atEveryEvent(environment, () -> {
				bank.log.clear();
				WorkflowHandle<Transfer, String> transfer = environment.client()
					.start(Transfer.class, w -> w.run("a", "b"), StartOptions.withId("t-1"));
				environment.time().settle();
				transfer.signal(w -> w.approve("Ada"));
				return transfer.result();
			});

			assertThat(places).isGreaterThanOrEqualTo(6);
			assertThat(bank.log).containsSequence("check a").endsWith("withdraw a", "deposit b");
		}
	}

	@Test
	void shouldFindWhatKeepsStateOutsideOfTheWorkflow() {
		try (WorkflowTestEnvironment environment = WorkflowTestEnvironment.of(Leaky.class)
			.activities(new Bank())
			.start()) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> CrashTest.atEveryEvent(environment, () -> {
				Leaky.RUNS.set(0);
				environment.client().executeVoid(Leaky.class, Leaky::run, StartOptions.withId("l-1"));
			})).withMessageContaining("a bug stalls it [NON_DETERMINISM]");
		}
	}

	@Test
	void shouldTellOfOutcomesThatDiffer() {
		AtomicInteger times = new AtomicInteger();
		try (WorkflowTestEnvironment environment = WorkflowTestEnvironment.of(Transfer.class)
			.activities(new Bank())
			.start()) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> CrashTest.atEveryEvent(environment, () -> {
				String to = (times.incrementAndGet() > 2) ? "c" : "b";
				WorkflowHandle<Transfer, String> transfer = environment.client()
					.start(Transfer.class, w -> w.run("a", to), StartOptions.withId("t-1"));
				transfer.signal(w -> w.approve("Ada"));
				return transfer.result();
			}))
				.withMessageStartingWith("Expected the same after a crash behind transition 1 (event ")
				.withMessageContaining("the scenario returned <a to c by Ada>, not <a to b by Ada>")
				.withMessageContaining("workflow 't-1' never scheduled Bank.deposit[\"b\"]")
				.withMessageContaining("workflow 't-1' scheduled Bank.deposit[\"c\"], as it did not before");
		}
	}

	@Test
	void shouldRefuseScenariosWithoutWorkflows() {
		try (WorkflowTestEnvironment environment = WorkflowTestEnvironment.of(Leaky.class)
			.activities(new Bank())
			.start()) {
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> CrashTest.atEveryEvent(environment, () -> "nothing"))
				.withMessage("Expected the scenario to start workflows, but it wrote nothing");
		}
	}

	@Test
	void shouldLetClientsAndHandlesGoOnAfterACrash() {
		try (WorkflowTestEnvironment environment = WorkflowTestEnvironment.of(Transfer.class)
			.activities(new Bank())
			.start()) {
			WorkflowClient client = environment.client();
			WorkflowHandle<Transfer, String> transfer = client.start(Transfer.class, w -> w.run("a", "b"),
					StartOptions.withId("t-1"));
			environment.time().settle();

			environment.crash();
			transfer.signal(w -> w.approve("Ada"));
			environment.deploy(Transfer.class);

			assertThat(transfer.result()).isEqualTo("a to b by Ada");
			assertThat(client.handle("t-1").result(String.class)).isEqualTo("a to b by Ada");
		}
	}

	@Activity
	public static class Bank {

		final List<String> log = new CopyOnWriteArrayList<>();

		@ActivityOptions(placement = Placement.LOCAL)
		public void check(String account) {
			log.add("check " + account);
		}

		public void withdraw(String account) {
			log.add("withdraw " + account);
		}

		public void deposit(String account) {
			log.add("deposit " + account);
		}

	}

	@Workflow
	public static class Transfer {

		private final Bank bank;

		private String approver = "";

		Transfer(Bank bank) {
			this.bank = bank;
		}

		@Workflow.Run
		public String run(String from, String to) {
			bank.check(from);
			Workflows.await(() -> !approver.isEmpty());
			bank.withdraw(from);
			Workflows.sleep(Duration.ofDays(1));
			bank.deposit(to);
			return from + " to " + to + " by " + approver;
		}

		@Workflow.Signal
		public void approve(String name) {
			approver = name;
		}

	}

	@Workflow
	public static class Leaky {

		static final AtomicInteger RUNS = new AtomicInteger();

		private final Bank bank;

		Leaky(Bank bank) {
			this.bank = bank;
		}

		@Workflow.Run
		public void run() {
			if (RUNS.incrementAndGet() > 1) {
				Workflows.sleep(Duration.ofDays(1));
			}
			bank.withdraw("a");
			bank.deposit("b");
		}

	}

}
