package io.reprise.definition.scan;

import java.util.ArrayList;
import java.util.List;

import io.reprise.AllowNonDeterminism;
import io.reprise.Workflow;
import io.reprise.Workflows;

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
