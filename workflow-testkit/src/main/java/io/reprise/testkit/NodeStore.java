package io.reprise.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.reprise.spi.HistoryStore;
import io.reprise.spi.RunWrite;
import io.reprise.spi.StoreException;
import io.reprise.spi.StoreException.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The store as one process sees it, which may die between two commits: what it wants to
 * write after that waits until it is dead, and fails then.
 */
final class NodeStore implements InvocationHandler {

	private final HistoryStore store;

	private final CommitListener listener;

	private final CountDownLatch death = new CountDownLatch(1);

	private volatile boolean doomed;

	private volatile boolean dead;

	NodeStore(HistoryStore store, CommitListener listener) {
		this.store = store;
		this.listener = listener;
	}

	HistoryStore store() {
		return (HistoryStore) Proxy.newProxyInstance(HistoryStore.class.getClassLoader(),
				new Class<?>[] { HistoryStore.class }, this);
	}

	/** Nothing more is written from here on. */
	void doom() {
		doomed = true;
	}

	/** The process is gone: whoever waits to write fails. */
	void die() {
		doomed = true;
		dead = true;
		death.countDown();
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		boolean commit = method.getName().equals("commit");
		if (commit && doomed) {
			awaitDeath();
		}
		if (dead && method.getDeclaringClass() != Object.class) {
			throw new StoreException(Outcome.NOTHING_WRITTEN, "Expected to reach the store, but the process has died",
					null);
		}
		try {
			Object answer = method.invoke(store, arguments);
			if (commit && arguments != null) {
				@SuppressWarnings("unchecked")
				List<RunWrite> writes = (List<RunWrite>) arguments[0];
				listener.committed(this, (writes != null) ? writes : List.of());
			}
			return answer;
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private void awaitDeath() {
		boolean interrupted = false;
		while (true) {
			try {
				death.await();
				break;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Is told of what was written, in the thread that wrote, before anybody else.
	 */
	@FunctionalInterface
	interface CommitListener {

		void committed(NodeStore store, List<RunWrite> writes);

	}

}
