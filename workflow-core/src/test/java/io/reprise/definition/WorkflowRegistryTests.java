package io.reprise.definition;

import java.util.List;

import io.reprise.Activity;
import io.reprise.ErrorCode;
import io.reprise.Workflow;
import io.reprise.WorkflowException;
import io.reprise.convert.JacksonPayloadConverter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class WorkflowRegistryTests {

	@Test
	void shouldNameTypesByAnnotationOrClass() {
		WorkflowRegistry registry = registry(Plain.class, Named.class);
		assertThat(registry.types()).containsExactly("Plain", "process-order");
		assertThat(registry.require("process-order").implementation()).isEqualTo(Named.class);
		assertThat(registry.find("Named")).isEmpty();
		assertThat(registry.definitions()).extracting(WorkflowDefinition::workflowType)
			.containsExactly("Plain", "process-order");
	}

	@Test
	void shouldPairInterfaceWithImplementation() {
		for (WorkflowRegistry registry : List.of(registry(Shipping.class, ShippingImpl.class),
				registry(ShippingImpl.class, Shipping.class), registry(ShippingImpl.class))) {
			assertThat(registry.types()).containsExactly("Shipping");
			WorkflowDefinition definition = registry.require(Shipping.class);
			assertThat(definition.declaredType()).isEqualTo(Shipping.class);
			assertThat(definition.implementation()).isEqualTo(ShippingImpl.class);
			assertThat(definition.signals()).containsExactly("extra", "stop");
			assertThat(definition.queries()).containsExactly("place");
			assertThat(registry.require(ShippingImpl.class)).isSameAs(definition);
		}
	}

	@Test
	void shouldAllowAnnotationWithoutNameOnBoth() {
		WorkflowRegistry registry = registry(Shipping.class, AnnotatedShipping.class);
		assertThat(registry.types()).containsExactly("Shipping");
	}

	@Test
	void shouldPairAbstractClassWithImplementation() {
		WorkflowRegistry registry = registry(AbstractOrder.class, ConcreteOrder.class);
		assertThat(registry.require(AbstractOrder.class).implementation()).isEqualTo(ConcreteOrder.class);
		assertThat(registry.types()).containsExactly("AbstractOrder");
	}

	@Test
	void shouldTakeAnnotatedSubclassOfWorkflowForAnotherWorkflow() {
		WorkflowRegistry registry = registry(Plain.class, SpecialPlain.class);
		assertThat(registry.types()).containsExactly("Plain", "SpecialPlain");
		assertThat(registry.require(SpecialPlain.class).implementation()).isEqualTo(SpecialPlain.class);
	}

	@Test
	void shouldKnowInterfaceWithoutImplementationForClientsOnly() {
		WorkflowRegistry registry = registry(Shipping.class);
		assertThat(registry.types()).isEmpty();
		assertThat(registry.find("Shipping")).isEmpty();
		ClientType client = registry.clientType(Shipping.class);
		assertThat(client.workflowType()).isEqualTo("Shipping");
		assertThat(client.resultType()).isEqualTo(String.class);
		assertThat(client.signals()).containsExactly("stop");
		assertThat(client.queries()).containsExactly("place");
		assertThat(client.signal("stop")).isPresent();
		assertThat(client.query("nothing")).isEmpty();
		assertThat(client.run().method().getName()).isEqualTo("ship");
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> registry.require(Shipping.class))
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.UNKNOWN_WORKFLOW_TYPE));
	}

	@Test
	void shouldDescribeTypesThatWereNotScanned() {
		assertThat(registry().clientType(Named.class).workflowType()).isEqualTo("process-order");
	}

	@Test
	void shouldNameTheClosestTypes() {
		assertThatExceptionOfType(WorkflowException.class)
			.isThrownBy(() -> registry(Plain.class, Named.class).require("proces_order"))
			.withMessage(
					"Expected a workflow type named 'proces_order', but the known workflow types are process-order, Plain."
							+ " Annotate its class with @Workflow and put it in a package that is scanned")
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.UNKNOWN_WORKFLOW_TYPE));
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> registry().require("Plain"))
			.withMessageContaining("but there is no workflow type here");
	}

	@Test
	void shouldFindAnnotationsOnInterfacesAndSuperclasses() {
		WorkflowDefinition definition = registry(Inheriting.class).require("Inheriting");
		assertThat(definition.signals()).containsExactly("fromInterface", "fromSuperclass", "own");
		assertThat(definition.resultType()).isEqualTo(Integer.class);
	}

	@Test
	void shouldIgnoreRepeatedCandidates() {
		assertThat(registry(Plain.class, Plain.class).types()).containsExactly("Plain");
	}

	@Test
	void shouldRefuseTwoTypesOfOneName() {
		DefinitionException failure = refusal(Plain.class, OtherPlain.class);
		assertThat(failure.code()).isEqualTo(ErrorCode.DUPLICATE_DEFINITION);
		assertThat(failure.description()).isEqualTo("Expected one workflow type named 'Plain', but there are %s and %s"
			.formatted(Plain.class.getName(), OtherPlain.class.getName()));
		assertThat(failure.action()).contains("@Workflow(\"...\")");
	}

	@Test
	void shouldRefuseTwoImplementations() {
		DefinitionException failure = refusal(Shipping.class, ShippingImpl.class, AnnotatedShipping.class);
		assertThat(failure.code()).isEqualTo(ErrorCode.DUPLICATE_DEFINITION);
		assertThat(failure.description()).contains("Expected one class for workflow type 'Shipping'",
				ShippingImpl.class.getName() + " and " + AnnotatedShipping.class.getName());
	}

	@Test
	void shouldRefuseClassThatIsSeveralWorkflows() {
		assertThat(refusal(SeveralWorkflows.class).description()).contains("to be one workflow, but it extends or")
			.contains(Shipping.class.getName())
			.contains(Billing.class.getName());
	}

	@Test
	void shouldRefuseClassThatRenamesItsInterface() {
		DefinitionException failure = refusal(RenamedShipping.class);
		assertThat(failure.description()).contains("to be called 'Shipping' as its supertype",
				"but its own @Workflow says 'renamed'");
		assertThat(failure.action()).isEqualTo("Remove @Workflow from RenamedShipping");
	}

	@Test
	void shouldRefuseHandlersThatRenameThoseOfTheInterface() {
		DefinitionException failure = refusal(ShippingWithOtherNames.class);
		assertThat(failure.description()).contains("to have the @Workflow.Signal named 'stop' of "
				+ Shipping.class.getName() + ", but it gives the method another name or purpose");
	}

	@Test
	void shouldRefuseAbstractWorkflowWithoutImplementation() {
		assertThat(refusal(AbstractOrder.class).description())
			.isEqualTo("Expected a class that extends the abstract workflow %s, but none was found"
				.formatted(AbstractOrder.class.getName()));
	}

	@Test
	void shouldRefuseTypesThatAreNoWorkflows() {
		assertThat(refusal(String.class).description()).isEqualTo(
				"Expected java.lang.String to be a workflow, but neither it nor a type it extends or implements has @Workflow");
	}

	@Test
	void shouldReportProblemsOfAllTypesTogether() {
		DefinitionException failure = refusal(Plain.class, OtherPlain.class, String.class, AbstractOrder.class);
		assertThat(failure.problems()).hasSize(3);
		assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_DEFINITION);
		assertThat(failure.description().lines()).hasSize(3).allMatch(line -> line.startsWith("- Expected "));
		assertThat(failure).hasMessageContaining("\n\nAction:\n");
	}

	private static WorkflowRegistry registry(Class<?>... candidates) {
		return WorkflowRegistry.of(List.of(candidates), new ActivityStubs(), JacksonPayloadConverter.withDefaults());
	}

	private static DefinitionException refusal(Class<?>... candidates) {
		return catchThrowableOfType(DefinitionException.class, () -> registry(candidates));
	}

	@Activity
	interface Truck {

		void drive(String to);

	}

	@Workflow
	static class Plain {

		@Workflow.Run
		public void run() {
		}

	}

	@Workflow("Plain")
	static class OtherPlain {

		@Workflow.Run
		public void run() {
		}

	}

	@Workflow
	static class SpecialPlain extends Plain {

	}

	@Workflow("process-order")
	static class Named {

		@Workflow.Run
		public void run() {
		}

	}

	@Workflow
	interface Shipping {

		@Workflow.Run
		String ship(String order);

		@Workflow.Signal("stop")
		void hold(String reason);

		@Workflow.Query
		String place();

	}

	static final class ShippingImpl implements Shipping {

		private final Truck truck;

		private String place = "depot";

		private ShippingImpl(Truck truck) {
			this.truck = truck;
		}

		@Override
		public String ship(String order) {
			truck.drive(order);
			return place;
		}

		@Override
		public void hold(String reason) {
			place = reason;
		}

		@Override
		public String place() {
			return place;
		}

		@Workflow.Signal
		public void extra() {
		}

	}

	@Workflow
	static class AnnotatedShipping implements Shipping {

		@Override
		@Workflow.Run
		public String ship(String order) {
			return order;
		}

		@Override
		public void hold(String reason) {
		}

		@Override
		public String place() {
			return "";
		}

	}

	@Workflow("renamed")
	static class RenamedShipping extends AnnotatedShippingBase {

	}

	static class ShippingWithOtherNames extends AnnotatedShippingBase {

		@Override
		@Workflow.Signal("wait")
		public void hold(String reason) {
		}

	}

	abstract static class AnnotatedShippingBase implements Shipping {

		@Override
		public String ship(String order) {
			return order;
		}

		@Override
		public void hold(String reason) {
		}

		@Override
		public String place() {
			return "";
		}

	}

	@Workflow
	interface Billing {

		@Workflow.Run
		void bill();

	}

	static class SeveralWorkflows extends AnnotatedShippingBase implements Billing {

		@Override
		public void bill() {
		}

	}

	@Workflow
	abstract static class AbstractOrder {

		@Workflow.Run
		public abstract void run();

	}

	static class ConcreteOrder extends AbstractOrder {

		@Override
		public void run() {
		}

	}

	interface WithSignal {

		@Workflow.Signal
		void fromInterface();

	}

	abstract static class BaseWorkflow<T> {

		@Workflow.Run
		public abstract T run(T input);

		@Workflow.Signal
		public void fromSuperclass() {
		}

	}

	@Workflow
	static class Inheriting extends BaseWorkflow<Integer> implements WithSignal {

		@Override
		public Integer run(Integer input) {
			return input;
		}

		@Override
		public void fromInterface() {
		}

		@Workflow.Signal
		public void own() {
		}

	}

}
