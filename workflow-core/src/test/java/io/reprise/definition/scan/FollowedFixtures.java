package io.reprise.definition.scan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import io.reprise.Activity;
import io.reprise.AllowNonDeterminism;
import io.reprise.Workflow;
import io.reprise.Workflows;

import org.springframework.stereotype.Component;

/**
 * Workflows whose other classes do what workflows must not.
 */
public final class FollowedFixtures {

	private FollowedFixtures() {
	}

	@Workflow
	public static class CallsHelpers {

		private final Prices prices = new Prices();

		@Workflow.Run
		public String run(String order) {
			List<String> items = new ArrayList<>(List.of(order));
			items.sort(new Shuffling());
			items.forEach(Labels::print);
			Strategy strategy = (order.isEmpty()) ? new Cheap() : new Dear();
			return prices.total(order) + strategy.choose() + new Receipt(order).number() + Mode.valueOf(order);
		}

	}

	@Workflow
	public static class CallsHarmlessHelpers {

		@Workflow.Run
		public String run(String order) {
			Workflows.sideEffect(String.class, Labels::random);
			Workflows.sideEffect(String.class, () -> Labels.random());
			return Labels.even(8) + Allowed.now() + new AllowedMethods().stamp() + Even.is(3);
		}

	}

	@Workflow
	public static class CallsBeans {

		@Workflow.Run
		public String run(String order) {
			return Mailer.subject() + Bean.text();
		}

	}

	@Workflow
	public static class AllowsItself {

		@Workflow.Run
		@AllowNonDeterminism("the list is thrown away")
		public void run() {
			List<Long> times = new ArrayList<>();
			Runnable adding = () -> times.add(System.nanoTime());
			adding.run();
		}

		@AllowNonDeterminism(" ")
		@Workflow.Query
		public long query() {
			return System.nanoTime();
		}

	}

}

class Prices extends Costs {

	double total(String order) {
		return base(order) * 1.2;
	}

}

class Costs {

	double base(String order) {
		return surcharge(order, 0);
	}

	private double surcharge(String order, int depth) {
		return (depth > 3) ? Math.random() : surcharge(order, depth + 1) + base(order);
	}

}

class Shuffling implements Comparator<String> {

	@Override
	public int compare(String one, String other) {
		return new Random().nextInt();
	}

}

final class Labels {

	private Labels() {
	}

	static void print(String label) {
		Runnable printing = () -> System.getProperty(label);
		printing.run();
	}

	static String random() {
		return UUID.randomUUID().toString();
	}

	static String even(int number) {
		return Even.is(number) ? "even" : "odd";
	}

}

/** Calls itself through another. */
final class Even {

	private Even() {
	}

	static boolean is(int number) {
		return number == 0 || Odd.is(number - 1);
	}

}

final class Odd {

	private Odd() {
	}

	static boolean is(int number) {
		return number != 0 && Even.is(number - 1);
	}

}

interface Strategy {

	String choose();

}

class Cheap implements Strategy {

	@Override
	public String choose() {
		return "cheap";
	}

}

class Dear implements Strategy {

	@Override
	public String choose() {
		return new Object() {

			@Override
			public String toString() {
				return System.getenv("PRICE");
			}

		}.toString();
	}

}

record Receipt(String order) {

	long number() {
		return System.currentTimeMillis();
	}

}

enum Mode {

	FAST;

	static final long LOADED = System.nanoTime();

}

@AllowNonDeterminism("the clock of the tests stands still")
final class Allowed {

	private Allowed() {
	}

	static long now() {
		return System.currentTimeMillis();
	}

}

final class AllowedMethods {

	@AllowNonDeterminism("never shown")
	long stamp() {
		return later();
	}

	private long later() {
		return System.currentTimeMillis();
	}

}

@Activity
class Mailer {

	static String subject() {
		return UUID.randomUUID().toString();
	}

}

@Component
class Bean {

	static String text() {
		return UUID.randomUUID().toString();
	}

}
