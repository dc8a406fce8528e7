package io.reprise.definition;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.reprise.Activity;
import io.reprise.ActivityOptions;
import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.definition.visibility.PublicActivity;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ActivityRegistryTests {

	private final AtomicInteger advised = new AtomicInteger();

	@Test
	void shouldRegisterPublicMethodsInheritedOnesIncluded() {
		ActivityRegistry registry = registry(new Payments());
		assertThat(registry.names()).containsExactly("Payments.audit", "Payments.charge", "Payments.refund");
	}

	@Test
	void shouldCallTheBean() throws Throwable {
		ActivityRegistry registry = registry(new Payments());
		ActivityDefinition charge = registry.require("Payments.charge");
		assertThat(charge.parameterTypes()).containsExactly(String.class, int.class);
		assertThat(charge.resultType()).isEqualTo(String.class);
		assertThat(charge.invoke(new Object[] { "order-1", 5 })).isEqualTo("order-1:5");
		assertThat(charge.beanName()).isEqualTo("payments");
		assertThat(charge.userClass()).isEqualTo(Payments.class);
		assertThat(charge).hasToString("activity Payments.charge of bean 'payments'");
		assertThat(registry.require("Payments.audit").resultType()).isEqualTo(Void.class);
		assertThat(registry.require("Payments.audit").invoke(new Object[0])).isNull();
	}

	@Test
	void shouldTakeZeroForMissingPrimitives() throws Throwable {
		assertThat(registry(new Payments()).require("Payments.charge").invoke(new @Nullable Object[] { "a", null }))
			.isEqualTo("a:0");
	}

	@Test
	void shouldThrowWhatTheBeanThrows() {
		ActivityDefinition refund = registry(new Payments()).require("Payments.refund");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> refund.invoke(new Object[] { "order-1" }))
			.withMessage("order-1")
			.withNoCause();
	}

	@Test
	void shouldCallThroughClassProxies() throws Throwable {
		Object proxy = proxy(new Payments(), true);
		ActivityRegistry registry = ActivityRegistry.of(List.of(bean("payments", Payments.class, proxy)));
		assertThat(registry.require("Payments.charge").invoke(new Object[] { "a", 1 })).isEqualTo("a:1");
		assertThat(advised).hasValue(1);
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> registry.require("Payments.refund").invoke(new Object[] { "x" }));
		registry.verifyBeans();
	}

	@Test
	void shouldCallThroughInterfaceProxies() throws Throwable {
		Object proxy = proxy(new SmtpMail(), false);
		assertThat(Proxy.isProxyClass(proxy.getClass())).isTrue();
		ActivityRegistry registry = ActivityRegistry.of(List.of(bean("mail", SmtpMail.class, proxy)));
		assertThat(registry.names()).containsExactly("Mail.ping", "Mail.send");
		assertThat(registry.require("Mail.send").invoke(new Object[] { "a" })).isEqualTo("sent to a");
		assertThat(registry.require("Mail.ping").invoke(new Object[0])).isEqualTo(true);
		assertThat(advised).hasValue(2);
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> registry.require("Mail.send").invoke(new Object[] { "nowhere" }));
		registry.verifyBeans();
	}

	@Test
	void shouldUnwrapCheckedExceptionsThatAProxyMayNotThrow() {
		ProxyFactory factory = new ProxyFactory(new SmtpMail());
		factory.setInterfaces(Mail.class);
		factory.addAdvice((MethodInterceptor) invocation -> {
			throw new InterruptedException("advice");
		});
		ActivityRegistry registry = ActivityRegistry.of(List.of(bean("mail", SmtpMail.class, factory.getProxy())));
		assertThatExceptionOfType(InterruptedException.class)
			.isThrownBy(() -> registry.require("Mail.ping").invoke(new Object[0]));
	}

	@Test
	void shouldCallClassThroughInterfaceProxyThatHasTheMethod() throws Throwable {
		Object proxy = proxy(new Clerk(), false);
		ActivityRegistry registry = ActivityRegistry.of(List.of(bean("clerk", Clerk.class, proxy)));
		assertThat(registry.require("Clerk.file").invoke(new Object[] { "a" })).isEqualTo("filed a");
		assertThat(advised).hasValue(1);
	}

	@Test
	void shouldExplainProxyWithoutTheMethod() {
		Object proxy = proxy(new Clerk(), false);
		ActivityRegistry registry = ActivityRegistry.of(List.of(bean("clerk", Clerk.class, proxy)));
		assertThatExceptionOfType(DefinitionException.class).isThrownBy(registry::verifyBeans)
			.satisfies(ex -> assertThat(ex.description()).isEqualTo(
					"Expected bean 'clerk' to have the method Clerk.shred(String), but it is a proxy of interfaces only and none of them has it"))
			.satisfies(ex -> assertThat(ex.action()).isEqualTo(
					"Put @Activity on an interface that Clerk implements, or let Spring proxy classes (proxyTargetClass = true)"));
	}

	@Test
	void shouldNotAskForBeansBeforeTheyAreCalled() {
		ActivityRegistry registry = ActivityRegistry.of(List.of(new ActivityBean("payments", Payments.class, () -> {
			throw new IllegalStateException("Expected the bean not to be made yet");
		})));
		assertThat(registry.names()).isNotEmpty();
	}

	@Test
	void shouldAskForTheBeanAtEachAttempt() throws Throwable {
		AtomicInteger asked = new AtomicInteger();
		ActivityDefinition charge = ActivityRegistry.of(List.of(new ActivityBean("payments", Payments.class, () -> {
			asked.incrementAndGet();
			return new Payments();
		}))).require("Payments.charge");
		charge.invoke(new Object[] { "a", 1 });
		charge.invoke(new Object[] { "a", 1 });
		assertThat(asked).hasValue(2);
	}

	@Test
	void shouldReadGenericParametersAsWhatTheyStandFor() throws Throwable {
		ActivityRegistry registry = registry(new StringStore());
		ActivityDefinition save = registry.require("Store.save");
		assertThat(save.parameterTypes()[0]).isEqualTo(String.class);
		assertThat(ResolvableType.forType(save.parameterTypes()[1]).resolveGeneric()).isEqualTo(String.class);
		assertThat(save.resultType()).isEqualTo(String.class);
		assertThat(save.invoke(new Object[] { "a", List.of("b") })).isEqualTo("a[b]");
		assertThat(registry.names()).containsExactly("Store.save");
	}

	@Test
	void shouldRegisterMethodsOfPackagePrivateSuperclass() {
		assertThat(registry(new PublicActivity()).names()).containsExactly("PublicActivity.inherited",
				"PublicActivity.own");
	}

	@Test
	void shouldRegisterAnnotatedClassAndAnnotatedInterface() {
		assertThat(registry(new BothAnnotated()).names()).containsExactly("BothAnnotated.ping", "BothAnnotated.send",
				"Mail.ping", "Mail.send");
	}

	@Test
	void shouldLeaveOutStaticMethodsAndCallbacksOfSpring() {
		assertThat(registry(new Managed()).names()).containsExactly("Managed.work");
	}

	@Test
	void shouldPreferOptionsOfTheBeansMethodThenItsClassThenTheInterface() {
		ActivityDefinition send = registry(new SmtpMail()).require("Mail.send");
		assertThat(send.settings().startToCloseTimeout()).isEqualTo(Duration.ofSeconds(1));
		assertThat(send.settings().heartbeatTimeout()).isEqualTo(Duration.ofSeconds(2));
		assertThat(send.settings().maximumAttempts()).isEqualTo(3);
	}

	@Test
	void shouldNameTheClosestActivities() {
		assertThatExceptionOfType(WorkflowException.class)
			.isThrownBy(() -> registry(new Payments()).require("Payments.chrage"))
			.withMessage(
					"Expected an activity named 'Payments.chrage', but the known activities are Payments.charge, Payments.audit, Payments.refund."
							+ " Annotate its bean with @Activity, or start an application that has it")
			.satisfies(ex -> assertThat(ex.code()).isEqualTo(ErrorCode.UNKNOWN_ACTIVITY_TYPE));
		assertThatExceptionOfType(WorkflowException.class).isThrownBy(() -> registry().require("Payments.charge"))
			.withMessageContaining("but there is no activity here");
		assertThat(registry().find("Payments.charge")).isEmpty();
	}

	@Test
	void shouldAllowFinalClassBehindAnInterface() {
		assertThat(registry(new FinalMail()).names()).containsExactly("Mail.ping", "Mail.send");
	}

	static DefinitionException refusal(ActivityBean... beans) {
		return catchThrowableOfType(DefinitionException.class, () -> ActivityRegistry.of(Arrays.asList(beans)));
	}

	static ActivityRegistry registry(Object... beans) {
		return ActivityRegistry.of(Stream.of(beans)
			.map(bean -> bean(Character.toLowerCase(bean.getClass().getSimpleName().charAt(0))
					+ bean.getClass().getSimpleName().substring(1), bean.getClass(), bean))
			.toList());
	}

	static ActivityBean bean(String name, Class<?> userClass, Object bean) {
		return new ActivityBean(name, userClass, () -> bean);
	}

	private Object proxy(Object target, boolean proxyTargetClass) {
		ProxyFactory factory = new ProxyFactory(target);
		factory.setProxyTargetClass(proxyTargetClass);
		factory.addAdvice((MethodInterceptor) invocation -> {
			advised.incrementAndGet();
			return invocation.proceed();
		});
		return factory.getProxy(getClass().getClassLoader());
	}

	static class Audited {

		public void audit() {
		}

	}

	@Activity
	static class Payments extends Audited {

		public String charge(String order, int amount) {
			return order + ":" + amount;
		}

		public void refund(String order) throws IOException {
			throw new IOException(order);
		}

		public static void helper() {
		}

		void hidden() {
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other == this;
		}

		@Override
		public int hashCode() {
			return 1;
		}

		@Override
		public String toString() {
			return "payments";
		}

	}

	@Activity
	@ActivityOptions(maximumAttempts = 3, startToCloseTimeout = "3s")
	interface Mail {

		@ActivityOptions(startToCloseTimeout = "9s")
		String send(String address) throws IOException;

		default boolean ping() {
			return true;
		}

	}

	@ActivityOptions(heartbeatTimeout = "2s", startToCloseTimeout = "2s")
	static class SmtpMail implements Mail {

		@Override
		@ActivityOptions(startToCloseTimeout = "1s")
		public String send(String address) throws IOException {
			if (address.equals("nowhere")) {
				throw new IOException(address);
			}
			return "sent to " + address;
		}

		public void notAnActivity() {
		}

	}

	@Activity
	static class BothAnnotated implements Mail {

		@Override
		public String send(String address) {
			return address;
		}

	}

	static final class FinalMail implements Mail {

		@Override
		public String send(String address) {
			return address;
		}

	}

	interface Filing {

		String file(String paper);

	}

	@Activity
	static class Clerk implements Filing {

		@Override
		public String file(String paper) {
			return "filed " + paper;
		}

		public void shred(String paper) {
		}

	}

	@Activity
	interface Store<T> {

		T save(T value, List<T> others);

	}

	static class StringStore implements Store<String> {

		@Override
		public String save(String value, List<String> others) {
			return value + others;
		}

	}

	@Activity
	static class Managed implements InitializingBean, AutoCloseable {

		public void work() {
		}

		@Override
		public void afterPropertiesSet() {
		}

		@Override
		public void close() {
		}

	}

}
