package io.reprise.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VirtualDriverTests {

	private final List<Thread> drivers = new ArrayList<>();

	@Test
	void shouldDriveFromVirtualThread() {
		VirtualDriver.run(() -> drivers.add(Thread.currentThread()));

		assertThat(drivers).singleElement().matches(Thread::isVirtual);
	}

	@Test
	void shouldNotChangeFromOneVirtualThreadToAnother() throws Exception {
		Thread caller = Thread.ofVirtual().start(() -> VirtualDriver.run(() -> drivers.add(Thread.currentThread())));
		caller.join();

		assertThat(drivers).containsExactly(caller);
	}

	@Test
	void shouldThrowWhatTheWorkThrows() {
		Unwind unwind = new Unwind();
		assertThatThrownBy(() -> VirtualDriver.run(() -> {
			throw unwind;
		})).isSameAs(unwind);

		IllegalStateException failure = new IllegalStateException("broken");
		assertThatIllegalStateException().isThrownBy(() -> VirtualDriver.run(() -> {
			throw failure;
		})).isSameAs(failure);
	}

	@Test
	void shouldWrapWhatTheWorkMayNotThrow() {
		IOException hidden = new IOException("gone");

		assertThatIllegalStateException().isThrownBy(() -> VirtualDriver.run(() -> throwHidden(hidden)))
			.withCause(hidden);
	}

	@Test
	void shouldKeepTheInterruptUntilTheEnd() {
		Thread.currentThread().interrupt();

		VirtualDriver.run(() -> drivers.add(Thread.currentThread()));

		assertThat(Thread.interrupted()).isTrue();
		assertThat(drivers).hasSize(1);
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void throwHidden(Throwable failure) throws T {
		throw (T) failure;
	}

}
