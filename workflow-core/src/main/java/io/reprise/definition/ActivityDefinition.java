package io.reprise.definition;

import java.lang.reflect.Type;

import io.reprise.ActivitySettings;
import org.jspecify.annotations.Nullable;

/**
 * An activity that a bean of this application provides.
 */
public final class ActivityDefinition {

	private final ActivityMethod method;

	private final ActivityBean bean;

	private final BeanInvoker invoker;

	ActivityDefinition(ActivityMethod method, ActivityBean bean, BeanInvoker invoker) {
		this.method = method;
		this.bean = bean;
		this.invoker = invoker;
	}

	/**
	 * Name of the activity.
	 * @return {@code Group.method}
	 */
	public String name() {
		return method.activity();
	}

	/**
	 * Name of the bean that provides it.
	 * @return the name
	 */
	public String beanName() {
		return bean.beanName();
	}

	/**
	 * Class of the bean as written.
	 * @return the class
	 */
	public Class<?> userClass() {
		return bean.userClass();
	}

	/**
	 * What the arguments are read as.
	 * @return the types, not to be changed
	 */
	public Type[] parameterTypes() {
		return method.parameterTypes();
	}

	/**
	 * What the result is read as.
	 * @return the type; {@link Void} for {@code void}
	 */
	public Type resultType() {
		return method.resultType();
	}

	/**
	 * Options of the bean's method, its class and the annotated type, in this order.
	 * @return the merged settings
	 */
	public ActivitySettings settings() {
		return method.settings();
	}

	/**
	 * Calls the bean, through its proxy if it has one.
	 * @param arguments as many as there are parameters
	 * @return the result, {@code null} for {@code void}
	 * @throws Throwable what the method throws, unwrapped
	 */
	public @Nullable Object invoke(@Nullable Object[] arguments) throws Throwable {
		return invoker.invoke(arguments);
	}

	void verify() {
		invoker.verify();
	}

	@Override
	public String toString() {
		return "activity " + name() + " of bean '" + beanName() + "'";
	}

}
