package io.reprise.definition;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

import io.reprise.Activity;
import io.reprise.ActivityCall;
import io.reprise.ActivityOptions;
import io.reprise.ActivitySettings;
import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.definition.visibility.PublicActivity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ActivityStubsTests {

	private final ActivityStubs stubs = new ActivityStubs();

	private final FakeContext context = new FakeContext();

	@Test
	void shouldRecordCallsOfPackagePrivateClassWithoutRunningItsConstructor() {
		Payments payments = stub(Payments.class);
		String receipt = context.answering("receipt-1").run(() -> payments.charge("order-1", BigDecimal.TEN));
		assertThat(receipt).isEqualTo("receipt-1");
		ActivityCall call = context.call();
		assertThat(call.activityType()).isEqualTo("Payments.charge");
		assertThat(call.args()).containsExactly("order-1", BigDecimal.TEN);
		assertThat(call.resultType()).isEqualTo(String.class);
		assertThat(call.settings().startToCloseTimeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(call.settings().maximumAttempts()).isEqualTo(7);
	}

	@Test
	void shouldRecordCallsOfPackagePrivateInterface() {
		Mail mail = stub(Mail.class);
		context.run(() -> mail.send("a@example.org"));
		assertThat(context.call().activityType()).isEqualTo("Post.send");
		assertThat(context.call().resultType()).isEqualTo(Void.class);
	}

	@Test
	void shouldTakeDefaultMethodsOfInterfacesForActivities() {
		Mail mail = stub(Mail.class);
		assertThat(context.answering(true).<Boolean>run(mail::ping)).isTrue();
		assertThat(context.call().activityType()).isEqualTo("Post.ping");
		assertThat(context.call().args()).isEmpty();
	}

	@Test
	void shouldReturnPrimitives() {
		Payments payments = stub(Payments.class);
		assertThat(context.answering(42).<Integer>run(() -> payments.count(List.of()))).isEqualTo(42);
		assertThat(context.call().resultType()).isEqualTo(int.class);
	}

	@Test
	void shouldExplainMissingPrimitive() {
		Payments payments = stub(Payments.class);
		assertThatExceptionOfType(WorkflowException.class)
			.isThrownBy(() -> context.answering(null).run(() -> payments.count(List.of())))
			.withMessageContaining("Expected a result of type int from activity Payments.count, but it recorded none")
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.DECODING_FAILED));
	}

	@Test
	void shouldReturnNothingForVoidWhateverWasRecorded() {
		Payments payments = stub(Payments.class);
		context.answering("a value from a newer version").run(() -> payments.refund("order-1"));
		assertThat(context.call().activityType()).isEqualTo("Payments.refund");
	}

	@Test
	void shouldReadGenericResultsAsTheTypeTheyStandFor() {
		StringRepository repository = stub(StringRepository.class);
		Repository<String> general = repository;
		assertThat(context.answering(List.of("a")).<List<String>>run(() -> general.findAll("x"))).containsExactly("a");
		assertThat(context.call().activityType()).isEqualTo("StringRepository.findAll");
		assertThat(ResolvableType.forType(context.call().resultType()).resolveGeneric()).isEqualTo(String.class);
		assertThat(context.call().resultType()).isInstanceOf(ParameterizedType.class);
		assertThat(context.answering("b").<String>run(() -> general.find("b"))).isEqualTo("b");
		assertThat(context.call().resultType()).isEqualTo(String.class);
	}

	@Test
	void shouldReachOverriddenMethodsThroughBridges() {
		StringBox box = stub(StringBox.class);
		Box<String> general = box;
		assertThat(context.answering("b").<String>run(() -> general.swap("a"))).isEqualTo("b");
		assertThat(context.call().activityType()).isEqualTo("StringBox.swap");
		assertThat(context.call().resultType()).isEqualTo(String.class);
		assertThat(context.calls()).hasSize(1);
	}

	@Test
	void shouldReachGenericInterfaceMethodsThatAreRedeclared() {
		OrderFinder finder = stub(OrderFinder.class);
		Finder<String> general = finder;
		context.answering("x").run(() -> general.find("1"));
		context.run(() -> finder.find("2"));
		assertThat(context.calls()).extracting(ActivityCall::activityType)
			.containsExactly("OrderFinder.find", "OrderFinder.find");
		assertThat(context.call().resultType()).isEqualTo(String.class);
	}

	@Test
	void shouldReachPublicMethodsOfPackagePrivateSuperclass() {
		PublicActivity activity = stub(PublicActivity.class);
		assertThat(context.answering("x").<String>run(activity::inherited)).isEqualTo("x");
		assertThat(context.call().activityType()).isEqualTo("PublicActivity.inherited");
	}

	@Test
	void shouldStubClassThatImplementsAnAnnotatedInterface() {
		SmtpMail mail = stub(SmtpMail.class);
		context.run(() -> mail.send("a@example.org"));
		assertThat(context.call().activityType()).isEqualTo("Post.send");
		assertThat(context.call().settings().maximumAttempts()).isEqualTo(2);
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> context.run(mail::notAnActivity))
			.withMessageContaining("SmtpMail.notAnActivity() is none");
	}

	@Test
	void shouldMergeOptionsOfInjectionPointMethodAndTypeInThisOrder() {
		ActivitySettings injected = ActivitySettings.none().withMaximumAttempts(3);
		Payments payments = stubs.stub(Payments.class, injected);
		context.answering("r").run(() -> payments.charge("order-1", BigDecimal.ONE));
		ActivitySettings settings = context.call().settings();
		assertThat(settings.maximumAttempts()).isEqualTo(3);
		assertThat(settings.startToCloseTimeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(settings.heartbeatTimeout()).isEqualTo(Duration.ofSeconds(5));
		context.run(() -> payments.refund("order-1"));
		assertThat(context.call().settings().startToCloseTimeout()).isEqualTo(Duration.ofMinutes(5));
	}

	@Test
	void shouldAnswerObjectMethodsItself() {
		Payments one = stub(Payments.class);
		Payments other = stub(Payments.class);
		Mail mail = stub(Mail.class);
		assertThat(one).isEqualTo(one).isNotEqualTo(other).hasSameHashCodeAs(one);
		assertThat(one.getClass()).isSameAs(other.getClass());
		assertThat(one).hasToString("durable stub of " + Payments.class.getName());
		assertThat(mail).isEqualTo(mail).isNotEqualTo(stub(Mail.class)).isNotEqualTo(null);
		assertThat(mail).hasToString("durable stub of " + Mail.class.getName());
		assertThat(context.calls()).isEmpty();
	}

	@Test
	void shouldRefuseCallsOutsideOfWorkflows() {
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> stub(Payments.class).refund("order-1"))
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_IN_WORKFLOW));
	}

	@Test
	void shouldRefuseMethodsThatAreNotActivities() {
		Payments payments = stub(Payments.class);
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> context.run(payments::packagePrivate))
			.withMessageContaining("Payments.packagePrivate() is none")
			.withMessageContaining("Make it public");
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> context.run(payments::isProtected))
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
	}

	@Test
	void shouldPassErrorsThrough() {
		Payments payments = stub(Payments.class);
		Error unwinding = new Error("unwinding");
		Mail mail = stub(Mail.class);
		assertThatExceptionOfType(Error.class)
			.isThrownBy(() -> context.failing(unwinding).run(() -> payments.refund("1")))
			.isSameAs(unwinding);
		assertThatExceptionOfType(Error.class).isThrownBy(() -> context.failing(unwinding).run(() -> mail.send("1")))
			.isSameAs(unwinding);
	}

	@Test
	void shouldRefuseTypesThatAreNoActivities() {
		assertThatExceptionOfType(DefinitionException.class).isThrownBy(() -> stub(String.class))
			.withMessageContaining("neither java.lang.String nor a type it extends or implements has @Activity")
			.satisfies(ex -> assertThat(ex.action()).isEqualTo("Annotate String with @Activity"));
		assertThatExceptionOfType(DefinitionException.class).isThrownBy(() -> stub(FinalActivity.class))
			.withMessageContaining("open to subclasses, but it is final");
	}

	private <T> T stub(Class<T> type) {
		return stubs.stub(type, ActivitySettings.none());
	}

	@Activity
	@ActivityOptions(startToCloseTimeout = "5m", maximumAttempts = 7)
	static class Payments {

		private final String state;

		Payments(String state) {
			throw new IllegalStateException("Expected no constructor to run, but it got " + state);
		}

		@ActivityOptions(startToCloseTimeout = "10s", heartbeatTimeout = "5s")
		public String charge(String order, BigDecimal amount) {
			return order + amount + state;
		}

		public void refund(String order) {
			throw new IllegalStateException(order);
		}

		public int count(List<String> orders) {
			return orders.size();
		}

		void packagePrivate() {
		}

		protected void isProtected() {
		}

		@Override
		public String toString() {
			return "overridden " + state;
		}

	}

	@Activity("Post")
	@ActivityOptions(maximumAttempts = 2)
	interface Mail {

		void send(String address);

		default boolean ping() {
			return false;
		}

	}

	static class SmtpMail implements Mail {

		@Override
		public void send(String address) {
		}

		public void notAnActivity() {
		}

	}

	static class Repository<T> {

		public @Nullable T find(T key) {
			return key;
		}

		public List<T> findAll(T key) {
			return List.of(key);
		}

	}

	@Activity
	static class StringRepository extends Repository<String> {

	}

	abstract static class Box<T> {

		public abstract T swap(T value);

	}

	@Activity
	static class StringBox extends Box<String> {

		@Override
		public String swap(String value) {
			return value;
		}

	}

	interface Finder<T> {

		Object find(T key);

	}

	@Activity
	interface OrderFinder extends Finder<String> {

		@Override
		String find(String key);

	}

	@Activity
	static final class FinalActivity {

		public void act() throws IOException {
		}

	}

}
