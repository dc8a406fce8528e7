package io.reprise.jpa;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.atomic.AtomicLong;

import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system for H2 that knows how much was written and not yet forced to the disk.
 */
public final class ForceCountingPath extends FilePathWrapper {

	static final String SCHEME = "forcecounting";

	private static final AtomicLong UNFORCED = new AtomicLong();

	private static final AtomicLong FORCES = new AtomicLong();

	static long unforcedBytes() {
		return UNFORCED.get();
	}

	static long forces() {
		return FORCES.get();
	}

	@Override
	public String getScheme() {
		return SCHEME;
	}

	@Override
	public FileChannel open(String mode) throws IOException {
		FileChannel channel = super.open(mode);
		return name.endsWith(".mv.db") ? new CountingChannel(channel) : channel;
	}

	/** Counts. */
	private static final class CountingChannel extends FileBaseDefault {

		private final FileChannel channel;

		CountingChannel(FileChannel channel) {
			this.channel = channel;
		}

		@Override
		public long size() throws IOException {
			return channel.size();
		}

		@Override
		public int read(ByteBuffer dst, long position) throws IOException {
			return channel.read(dst, position);
		}

		@Override
		public int write(ByteBuffer src, long position) throws IOException {
			UNFORCED.addAndGet(src.remaining());
			return channel.write(src, position);
		}

		@Override
		protected void implTruncate(long size) throws IOException {
			channel.truncate(size);
		}

		@Override
		public void force(boolean metaData) throws IOException {
			channel.force(metaData);
			FORCES.incrementAndGet();
			UNFORCED.set(0);
		}

		@Override
		public FileLock tryLock(long position, long size, boolean shared) throws IOException {
			return channel.tryLock(position, size, shared);
		}

		@Override
		protected void implCloseChannel() throws IOException {
			channel.close();
		}

	}

}
