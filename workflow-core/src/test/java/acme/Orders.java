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

	public static Object shipByStub() {
		return Reprise.Stub.ship();
	}

	public static Object charge() {
		return Workflows.activity("Payments.charge", Object.class);
	}

	/**
	 * Named like a generated stub.
	 */
	public static final class Reprise {

		private Reprise() {
		}

		/** The stub's own code. */
		public static final class Stub {

			private Stub() {
			}

			static Object ship() {
				return Workflows.activity("Shipping.ship", Object.class);
			}

		}

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
