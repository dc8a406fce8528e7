package acme;

import java.time.Duration;

import io.reprise.Workflows;

/**
 * What an application would write: outside Reprise's packages, so that messages name it.
 */
public final class Orders {

	private Orders() {
	}

	public static Object nullPointer() {
		throw new NullPointerException("no order");
	}

	public static Object sleepThen(String activity) {
		Workflows.sleep(Duration.ofSeconds(1));
		return Workflows.activity(activity, Object.class);
	}

	public static Object charge() {
		return Workflows.activity("Payments.charge", Object.class);
	}

	/**
	 * Cannot be written as JSON.
	 */
	public static final class Unwritable {

		public Object getValue() {
			throw new IllegalStateException("unwritable");
		}

	}

}
