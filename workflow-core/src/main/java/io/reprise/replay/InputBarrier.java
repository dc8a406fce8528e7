package io.reprise.replay;

/**
 * What a turn that runs ahead of its input's commit passes before it does something that
 * cannot be taken back, such as a side effect.
 */
@FunctionalInterface
public interface InputBarrier {

	/** For turns whose input is durable. */
	InputBarrier OPEN = () -> true;

	/**
	 * Waits until the turn's input is durable.
	 * @return {@code false} if it never will be: the machine unwinds
	 */
	boolean await();

}
