package io.reprise.testkit.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Threads that live and die together: one life of a node, or the clients. It can be
 * paused, as by SIGSTOP, and killed, after which none of its threads runs again.
 */
final class Process implements Executor {

	private final World world;

	private final String name;

	private final List<Runnable> held = new ArrayList<>();

	private final List<Runnable> deathListeners = new ArrayList<>();

	private boolean paused;

	private boolean dead;

	Process(World world, String name) {
		this.world = world;
		this.name = name;
	}

	String name() {
		return name;
	}

	boolean isDead() {
		return dead;
	}

	boolean isPaused() {
		return paused;
	}

	/** Called by the JDK whenever a thread of this process can go on. */
	@Override
	public void execute(Runnable continuation) {
		world.requireCarrier(this);
		if (dead) {
			return;
		}
		if (paused) {
			held.add(continuation);
		}
		else {
			world.ready(this, continuation);
		}
	}

	void start(String threadName, Runnable work) {
		DrivenThreads.start(this, threadName, () -> {
			try {
				work.run();
			}
			catch (Throwable ex) {
				world.fail("Expected thread " + threadName + " of " + name + " to end well, but it threw " + ex, ex);
			}
		});
	}

	void pause() {
		paused = true;
		held.addAll(world.takeReady(this));
	}

	void resume() {
		paused = false;
		held.forEach(continuation -> world.ready(this, continuation));
		held.clear();
	}

	/** Must not be called by one of its own threads, unless that thread never goes on. */
	void kill() {
		dead = true;
		held.clear();
		world.takeReady(this);
		List.copyOf(deathListeners).forEach(Runnable::run);
		deathListeners.clear();
	}

	void onDeath(Runnable listener) {
		if (dead) {
			listener.run();
		}
		else {
			deathListeners.add(listener);
		}
	}

	void forget(Runnable listener) {
		deathListeners.remove(listener);
	}

	@Override
	public String toString() {
		return name;
	}

}
