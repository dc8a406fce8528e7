package io.reprise.definition.scan;

import java.util.List;
import java.util.Timer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import io.reprise.Workflow;

/**
 * Threads, and what blocks them.
 */
@Workflow
public class ForbiddenConcurrency {

	@Workflow.Run
	@Uses("java.lang.Thread.sleep")
	public void run() throws InterruptedException {
		Thread.sleep(10);
	}

	@Uses({ "new java.lang.Thread", "java.lang.Thread.start", "java.lang.Thread.join" })
	void thread() throws InterruptedException {
		Thread thread = new Thread(() -> {
		});
		thread.start();
		thread.join();
	}

	@Uses({ "java.lang.Thread.ofVirtual", "java.lang.Thread.startVirtualThread" })
	List<Object> virtualThreads(Runnable work) {
		return List.of(Thread.ofVirtual(), Thread.startVirtualThread(work));
	}

	@Uses({ "java.util.concurrent.Executors.newCachedThreadPool", "java.util.concurrent.ExecutorService.submit" })
	Future<?> executor(Runnable work) {
		ExecutorService executor = Executors.newCachedThreadPool();
		return executor.submit(work);
	}

	@Uses({ "java.util.concurrent.CompletableFuture.supplyAsync",
			"java.util.concurrent.CompletableFuture.thenApplyAsync", "java.util.concurrent.CompletableFuture.join" })
	String future() {
		return CompletableFuture.supplyAsync(() -> "a").thenApplyAsync(value -> value + "b").join();
	}

	@Uses("java.util.concurrent.Future.get")
	Object get(Future<Object> future) throws Exception {
		return future.get();
	}

	@Uses("java.util.concurrent.ForkJoinPool.commonPool")
	ForkJoinPool forkJoin() {
		return ForkJoinPool.commonPool();
	}

	@Uses({ "java.util.List.parallelStream", "java.util.stream.Stream.parallel" })
	List<Stream<String>> streams(List<String> list) {
		return List.of(list.parallelStream(), list.stream().parallel());
	}

	@Uses("new java.util.Timer")
	Timer timer() {
		return new Timer();
	}

	@Uses("synchronized")
	void synchronizedBlock() {
		synchronized (this) {
			hashCode();
		}
	}

	@Uses("synchronized")
	synchronized void synchronizedMethod() {
	}

	@Uses({ "java.lang.Object.wait", "java.lang.Object.notifyAll" })
	void monitor() throws InterruptedException {
		Object monitor = this;
		monitor.wait();
		monitor.notifyAll();
	}

	@Uses({ "java.util.concurrent.locks.Lock.lock", "java.util.concurrent.locks.ReentrantLock.tryLock",
			"java.util.concurrent.locks.Condition.await", "java.util.concurrent.locks.ReadWriteLock.readLock",
			"java.util.concurrent.locks.LockSupport.park" })
	void locks(Lock lock, ReentrantLock reentrant, Condition condition, ReadWriteLock pair) throws Exception {
		lock.lock();
		reentrant.tryLock();
		condition.await();
		pair.readLock();
		LockSupport.park();
	}

	@Uses({ "java.util.concurrent.Semaphore.acquire", "java.util.concurrent.CountDownLatch.await",
			"java.util.concurrent.BlockingQueue.take", "java.util.concurrent.LinkedBlockingQueue.poll",
			"java.util.concurrent.TimeUnit.sleep" })
	void synchronizers(Semaphore semaphore, CountDownLatch latch, BlockingQueue<String> queue,
			LinkedBlockingQueue<String> linked) throws InterruptedException {
		semaphore.acquire();
		latch.await();
		queue.take();
		linked.poll(1, TimeUnit.SECONDS);
		TimeUnit.SECONDS.sleep(1);
	}

}
