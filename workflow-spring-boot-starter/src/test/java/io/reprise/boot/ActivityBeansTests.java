package io.reprise.boot;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.reprise.Activity;
import io.reprise.Workflow;
import io.reprise.definition.ActivityBean;
import io.reprise.definition.ActivityRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

class ActivityBeansTests {

	private static final AtomicInteger created = new AtomicInteger();

	@Test
	void shouldFindAnnotatedClassesAndImplementationsOfAnnotatedInterfaces() {
		assertThat(find(Plain.class, Implementation.class, NoActivity.class)).extracting(ActivityBean::userClass)
			.containsExactly(Plain.class, Implementation.class);
	}

	@Test
	void shouldFindClassBehindProxyOfClass() throws Throwable {
		try (var context = new AnnotationConfigApplicationContext(ProxyTargetClass.class, Advised.class)) {
			assertThat(AopUtils.isCglibProxy(context.getBean(Advised.class))).isTrue();
			ActivityRegistry registry = registry(context);
			assertThat(registry.require("Advised.call").userClass()).isEqualTo(Advised.class);
			assertThat(registry.require("Advised.call").invoke(new Object[0])).isEqualTo("called");
		}
	}

	@Test
	void shouldFindClassBehindProxyOfInterfaces() throws Throwable {
		try (var context = new AnnotationConfigApplicationContext(ProxyInterfaces.class, AdvisedImplementation.class)) {
			assertThat(AopUtils.isJdkDynamicProxy(context.getBean(Contract.class))).isTrue();
			ActivityRegistry registry = registry(context);
			assertThat(registry.require("Contract.call").userClass()).isEqualTo(AdvisedImplementation.class);
			assertThat(registry.require("Contract.call").invoke(new Object[0])).isEqualTo("called");
		}
	}

	@Test
	void shouldFindClassBehindProxyMadeByHand() throws Throwable {
		try (var context = new AnnotationConfigApplicationContext(HandMade.class)) {
			ActivityRegistry registry = registry(context);
			assertThat(registry.require("Contract.call").userClass()).isEqualTo(Implementation.class);
			assertThat(registry.require("Contract.call").invoke(new Object[0])).isEqualTo("called");
		}
	}

	@Test
	void shouldFindBeanWhoseMethodDeclaresLess() {
		assertThat(find(DeclaredAsObject.class)).extracting(ActivityBean::userClass).containsExactly(Plain.class);
	}

	@Test
	void shouldFindProductOfFactoryBean() {
		assertThat(find(PlainFactory.class)).extracting(ActivityBean::beanName, ActivityBean::userClass)
			.containsExactly(tuple("activityBeansTests.PlainFactory", Plain.class));
	}

	@Test
	void shouldNotCreateLazyBeans() {
		created.set(0);
		try (var context = new AnnotationConfigApplicationContext(LazyOne.class)) {
			ActivityBeans beans = new ActivityBeans(context.getDefaultListableBeanFactory());

			assertThat(beans.find()).extracting(ActivityBean::userClass).containsExactly(LazyOne.class);
			assertThat(beans.findCreated()).isEmpty();
			assertThat(created).hasValue(0);

			beans.find().getFirst().bean().get();
			assertThat(created).hasValue(1);
		}
	}

	@Test
	void shouldFindScopedBeanOnce() {
		assertThat(find(ScopedOne.class)).extracting(ActivityBean::beanName, ActivityBean::userClass)
			.containsExactly(tuple("activityBeansTests.ScopedOne", ScopedOne.class));
	}

	@Test
	void shouldTakePrimaryOfSeveral() {
		assertThat(find(Plain.class, FakePlain.class)).extracting(ActivityBean::userClass)
			.containsExactly(FakePlain.class);
	}

	@Test
	void shouldTakeFallbackLast() {
		assertThat(find(Plain.class, FallbackPlain.class)).extracting(ActivityBean::userClass)
			.containsExactly(Plain.class);
		assertThat(find(FallbackPlain.class)).extracting(ActivityBean::userClass).containsExactly(FallbackPlain.class);
	}

	@Test
	void shouldLeaveDuplicatesToTheRegistry() {
		assertThat(find(Plain.class, OtherPlain.class)).hasSize(2);
	}

	@Test
	void shouldFindBeansOfParentContexts() {
		try (var parent = new AnnotationConfigApplicationContext(Plain.class);
				var child = new AnnotationConfigApplicationContext()) {
			child.setParent(parent);
			child.register(Implementation.class);
			child.refresh();

			assertThat(new ActivityBeans(child.getDefaultListableBeanFactory()).find())
				.extracting(ActivityBean::userClass)
				.containsExactlyInAnyOrder(Plain.class, Implementation.class);
		}
	}

	@Test
	void shouldRefuseWorkflowAsBean() {
		assertThatExceptionOfType(SetupException.class).isThrownBy(() -> find(Flow.class)).satisfies((ex) -> {
			assertThat(ex.description()).isEqualTo("Expected workflow " + Flow.class.getName()
					+ " to be no bean, since each run makes an instance of its own, but bean 'activityBeansTests.Flow' is one");
			assertThat(ex.action()).isEqualTo("Remove @Component or the like from Flow, or the @Bean method "
					+ "'activityBeansTests.Flow'; @Workflow alone is enough, and WorkflowClient starts runs of it");
		});
	}

	private static List<ActivityBean> find(Class<?>... components) {
		try (var context = new AnnotationConfigApplicationContext(components)) {
			return new ActivityBeans(context.getDefaultListableBeanFactory()).find();
		}
	}

	private static ActivityRegistry registry(AnnotationConfigApplicationContext context) {
		ActivityBeans beans = new ActivityBeans(context.getDefaultListableBeanFactory());
		ActivityRegistry registry = ActivityRegistry.of(beans.findCreated());
		registry.verifyBeans();
		return registry;
	}

	@Activity
	static class Plain {

		public String call() {
			return "called";
		}

	}

	@Primary
	static class FakePlain extends Plain {

	}

	@Fallback
	static class FallbackPlain extends Plain {

	}

	static class OtherPlain extends Plain {

	}

	static class NoActivity {

	}

	@Activity
	interface Contract {

		String call();

	}

	static class Implementation implements Contract {

		@Override
		public String call() {
			return "called";
		}

	}

	@Activity
	static class Advised {

		public String call() {
			return "called";
		}

		@Async
		void other() {
			// Makes Spring proxy the bean
		}

	}

	static class AdvisedImplementation implements Contract, Other {

		@Override
		public String call() {
			return "called";
		}

		@Async
		@Override
		public void other() {
			// Makes Spring proxy the bean
		}

	}

	interface Other {

		void other();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync(proxyTargetClass = true)
	static class ProxyTargetClass {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class ProxyInterfaces {

	}

	@Configuration(proxyBeanMethods = false)
	static class HandMade {

		@Bean
		Contract contract() {
			return (Contract) new ProxyFactory(new Implementation()).getProxy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DeclaredAsObject {

		@Bean
		Object something() {
			return new Plain();
		}

	}

	static class PlainFactory implements FactoryBean<Plain> {

		@Override
		public Plain getObject() {
			return new Plain();
		}

		@Override
		public Class<?> getObjectType() {
			return Plain.class;
		}

	}

	@Lazy
	@Activity
	static class LazyOne {

		LazyOne() {
			created.incrementAndGet();
		}

		public void call() {
			// Only its name matters
		}

	}

	@Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
	@Activity
	static class ScopedOne {

		public void call() {
			// Only its name matters
		}

	}

	@Workflow
	static class Flow {

		@Workflow.Run
		public void run() {
			// Only its annotation matters
		}

	}

}
