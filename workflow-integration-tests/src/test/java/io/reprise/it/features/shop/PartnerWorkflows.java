package io.reprise.it.features.shop;

import java.util.ArrayList;
import java.util.List;

import io.reprise.ActivityFailure;
import io.reprise.ActivityOptions;
import io.reprise.ActivitySettings;
import io.reprise.CanceledFailure;
import io.reprise.Promise;
import io.reprise.TimeoutFailure;
import io.reprise.Workflow;
import io.reprise.Workflows;
import io.reprise.it.features.shop.Partner.Script;

/**
 * Workflows that ask the partner.
 */
public final class PartnerWorkflows {

	private PartnerWorkflows() {
	}

	/** Calls with options of the call site. */
	@Workflow
	public static class CallPartner {

		@Workflow.Run
		public String run(Script script, ActivitySettings settings) {
			return Workflows.activity(Partner.class, settings).call(script);
		}

	}

	/** Copies page by page. */
	@Workflow
	public static class CopyPages {

		@Workflow.Run
		public String run(Script script, ActivitySettings settings) {
			return Workflows.activity(Partner.class, settings).copy(script, 5);
		}

	}

	/** Goes on when the partner has failed for good. */
	@Workflow
	public static class FallBack {

		private final Partner partner;

		private final Mailer mailer;

		public FallBack(@ActivityOptions(maximumAttempts = 2, initialInterval = "50ms") Partner partner,
				Mailer mailer) {
			this.partner = partner;
			this.mailer = mailer;
		}

		@Workflow.Run
		public String run(Script script) {
			try {
				return partner.call(script);
			}
			catch (ActivityFailure ex) {
				if (!ex.isCausedBy(Partner.CardDeclined.class)) {
					throw ex;
				}
				return "%s, %s after %d attempts".formatted(mailer.send(script.key(), "sorry"), ex.activityType(),
						ex.attempts());
			}
		}

	}

	/** Fails in its own code. */
	@Workflow
	public static class Refuse {

		@Workflow.Run
		public void run(String why) {
			throw new IllegalStateException(why, new IllegalArgumentException("the reason"));
		}

	}

	/** Watches until it is cancelled. */
	@Workflow
	public static class Watch {

		private final Partner partner;

		private final Mailer mailer;

		public Watch(Partner partner, Mailer mailer) {
			this.partner = partner;
			this.mailer = mailer;
		}

		@Workflow.Run
		public void run(String key) {
			try {
				partner.watch(key);
			}
			catch (ActivityFailure ex) {
				if (ex.getCause() instanceof CanceledFailure) {
					Workflows.detachedScope(() -> mailer.send(key, "cleaned up"));
				}
				throw ex;
			}
		}

	}

	/** Asks many at the same time. */
	@Workflow
	public static class AskAll {

		private final Partner partner;

		public AskAll(Partner partner) {
			this.partner = partner;
		}

		@Workflow.Run
		public int run(String key, int number) {
			List<Promise<Integer>> answers = new ArrayList<>();
			for (int i = 0; i < number; i++) {
				int caller = i;
				answers.add(Workflows.async(() -> partner.meet(key, caller, number)));
			}
			return Workflows.all(answers).stream().mapToInt(Integer::intValue).sum();
		}

	}

	/** Takes the first answer. */
	@Workflow
	public static class AskAny {

		private final Partner partner;

		public AskAny(Partner partner) {
			this.partner = partner;
		}

		@Workflow.Run
		public String run(String key) {
			Promise<String> slow = Workflows.async(() -> partner.hold(key));
			Promise<String> fast = Workflows.async(() -> partner.echo("fast"));
			return Workflows.any(List.of(slow, fast)) + ", slow is done: " + slow.isDone();
		}

	}

	/** Fills all slots of the worker and calls once more. */
	@Workflow
	public static class Crowd {

		private final Partner partner;

		private final Partner impatient;

		public Crowd(Partner partner, @ActivityOptions(scheduleToStartTimeout = "300ms") Partner impatient) {
			this.partner = partner;
			this.impatient = impatient;
		}

		@Workflow.Run
		public String run(String key, int slots) {
			for (int i = 0; i < slots; i++) {
				Workflows.async(() -> partner.hold(key));
			}
			// Behind the others, whose threads have not begun yet
			Promise<String> last = Workflows.async(() -> impatient.echo("served"));
			try {
				return last.get();
			}
			catch (ActivityFailure ex) {
				return (ex.getCause() instanceof TimeoutFailure timeout) ? timeout.timeoutType().name()
						: String.valueOf(ex.getCause());
			}
		}

	}

}
