package io.reprise.spi;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the values of some types in an encoding of its own, ahead of JSON.
 * Beans of this type are asked in their order; the first that can write a value does, and
 * what it wrote is read by whoever has the same encoding.
 * <p>
 * Implementations are shared between threads, and are called by workflow code too: they
 * must neither block nor depend on anything but the value.
 */
public interface ValueConverter {

	/**
	 * The name under which its bytes are stored. It must never change, and whoever has it
	 * must go on reading what was once written.
	 * @return lower-case letters, digits, dots and hyphens, such as {@code protobuf}
	 */
	String encoding();

	/**
	 * Whether it writes a value.
	 * @param value the value, never {@code null}
	 * @return {@code false} to leave it to the next
	 */
	boolean canWrite(Object value);

	/**
	 * Writes a value.
	 * @param value a value that it can write
	 * @return the bytes
	 */
	byte[] write(Object value);

	/**
	 * Reads a value.
	 * @param data bytes that were written in this encoding
	 * @param type the type asked for, generic types included; {@code Object} where
	 * nothing is known
	 * @return the value, which must fit the type
	 */
	@Nullable Object read(byte[] data, Type type);

}
