package io.reprise.it.features.shop;

import java.util.ArrayList;
import java.util.List;

import io.reprise.ApplicationFailure;
import io.reprise.CanceledFailure;
import io.reprise.CancellationScope;
import io.reprise.ChildHandle;
import io.reprise.ChildOptions;
import io.reprise.ChildRef;
import io.reprise.ChildWorkflowFailure;
import io.reprise.Promise;
import io.reprise.Workflow;
import io.reprise.Workflows;
import org.jspecify.annotations.Nullable;

/**
 * Parents, children and neighbours.
 */
public final class FamilyWorkflows {

	private FamilyWorkflows() {
	}

	/** A child that is done at once. */
	@Workflow
	public static class Pack {

		@Workflow.Run
		public String run(String item) {
			if (item.equals("glass")) {
				throw ApplicationFailure.nonRetryable("Broken", item + " is broken");
			}
			return "packed " + item;
		}

	}

	/** Has children one after the other and side by side. */
	@Workflow
	public static class PackAll {

		@Workflow.Run
		public List<String> run(List<String> items) {
			List<String> packed = new ArrayList<>();
			packed.add(Workflows.child(Pack.class).run("list"));
			List<Promise<String>> promises = new ArrayList<>();
			for (String item : items) {
				promises.add(Workflows.async(() -> Workflows.child(Pack.class).run(item)));
			}
			packed.addAll(Workflows.all(promises));
			packed.add(Workflows.child("Pack", ChildOptions.defaults(), String.class, "bill"));
			return packed;
		}

	}

	/** Says what its child failed with. */
	@Workflow
	public static class Careful {

		@Workflow.Run
		public String run(String item, @Nullable String childId) {
			ChildOptions options = (childId != null) ? ChildOptions.withId(childId) : ChildOptions.defaults();
			try {
				return Workflows.child(Pack.class, options).run(item);
			}
			catch (ChildWorkflowFailure ex) {
				return ex.workflowType() + ": " + ((ApplicationFailure) ex.getCause()).type();
			}
		}

	}

	/** A child that waits to be told something. */
	@Workflow
	public static class Courier {

		private final List<String> stops = new ArrayList<>();

		private boolean home;

		@Workflow.Run
		public List<String> run() {
			try {
				Workflows.await(() -> home);
			}
			catch (CanceledFailure ex) {
				stops.add("called back");
				throw ex;
			}
			return stops;
		}

		@Workflow.Signal
		public void stopAt(String place) {
			stops.add(place);
		}

		@Workflow.Signal
		public void goHome() {
			home = true;
		}

		@Workflow.Query
		public List<String> stops() {
			return stops;
		}

	}

	/** Keeps in touch with its child. */
	@Workflow
	public static class Dispatcher {

		private String child = "";

		@Workflow.Run
		public List<String> run(List<String> places) {
			ChildHandle<Courier, List<String>> courier = Workflows.startChild(Courier.class, Courier::run,
					ChildOptions.defaults());
			child = courier.workflowId();
			for (String place : places) {
				courier.signal(w -> w.stopAt(place));
			}
			courier.signal("goHome");
			return courier.result().get();
		}

		@Workflow.Query
		public String child() {
			return child;
		}

	}

	/** Has a child with options and waits for it, or for its own end. */
	@Workflow
	public static class Employer {

		@Workflow.Run
		public List<String> run(ChildOptions options, boolean staysOpen) {
			ChildRef<List> courier = Workflows.startChild("Courier", options, List.class);
			if (staysOpen) {
				return courier.result().get();
			}
			return List.of();
		}

	}

	/** Calls its child back. */
	@Workflow
	public static class Hasty {

		private @Nullable CancellationScope scope;

		@Workflow.Run
		public String run(ChildOptions options) {
			List<Promise<@Nullable List>> results = new ArrayList<>();
			scope = Workflows
				.cancellationScope(() -> results.add(Workflows.startChild("Courier", options, List.class).result()));
			scope.cancel();
			try {
				return "" + results.getFirst().get();
			}
			catch (ChildWorkflowFailure ex) {
				return ex.getCause().getClass().getSimpleName();
			}
		}

	}

	/** Talks to others. */
	@Workflow
	public static class Neighbour {

		@Workflow.Run
		public String run(String workflowId, boolean cancels) {
			try {
				Workflows.external(Courier.class, workflowId).signal(w -> w.stopAt("next door"));
				if (cancels) {
					Workflows.external(workflowId).cancel();
				}
				return "told";
			}
			catch (ApplicationFailure ex) {
				return ex.type();
			}
		}

	}

}
