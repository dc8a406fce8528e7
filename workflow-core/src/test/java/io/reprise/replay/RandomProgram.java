package io.reprise.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.reprise.ActivityFailure;
import io.reprise.CanceledFailure;
import io.reprise.CancellationScope;
import io.reprise.Promise;
import io.reprise.WorkflowException;
import io.reprise.Workflows;
import org.jspecify.annotations.Nullable;

/**
 * A workflow made by chance. The first version of its code knows nothing of the patches
 * that the second one brings.
 */
final class RandomProgram {

	private final Random random;

	private final List<Op> main;

	private final List<Op> handler;

	private int depth;

	RandomProgram(long seed) {
		random = new Random(seed);
		main = ops(8);
		depth = 2;
		handler = ops(2);
	}

	TestCode code(int version) {
		return TestCode.run(flow -> {
			Interpreter interpreter = new Interpreter(flow, version);
			flow.handles.add(interpreter);
			interpreter.run(main);
			return flow.log.size();
		}).signal("go", (flow, argument) -> {
			flow.vars.merge("signals", 1, (a, b) -> (Integer) a + (Integer) b);
			new Interpreter(flow, version).run(handler);
		}).typedSignal("typed", Integer.class, (flow, argument) -> flow.log("typed " + argument));
	}

	private List<Op> ops(int atMost) {
		List<Op> ops = new ArrayList<>();
		int count = 1 + random.nextInt(atMost);
		depth++;
		for (int i = 0; i < count; i++) {
			ops.add(op());
		}
		depth--;
		return ops;
	}

	private Op op() {
		int kinds = (depth > 3) ? 11 : 17;
		int n = random.nextInt(3);
		return switch (random.nextInt(kinds)) {
			case 0, 1 -> new Op.Call("A." + n);
			case 2, 3 -> new Op.Start("B." + n);
			case 4 -> new Op.Sleep(n);
			case 5 -> new Op.Timer(1 + n);
			case 6 -> new Op.Join(random.nextInt(5), random.nextInt(3));
			case 7 -> new Op.Await(1 + random.nextInt(4), random.nextInt(3));
			case 8 -> new Op.Effect(random.nextInt(3));
			case 9 -> new Op.Cancel(random.nextInt(3));
			case 10 -> new Op.Throw(n == 0);
			case 11, 12 -> new Op.Async(ops(3));
			case 13, 14 -> new Op.In(n == 0, ops(3));
			case 15 -> new Op.Patch("p" + n, ops(2), ops(2));
			default -> new Op.Loop(2, ops(2));
		};
	}

	sealed interface Op {

		record Call(String type) implements Op {
		}

		record Start(String type) implements Op {
		}

		record Sleep(int seconds) implements Op {
		}

		record Timer(int seconds) implements Op {
		}

		record Join(int index, int how) implements Op {
		}

		record Await(int signals, int seconds) implements Op {
		}

		record Effect(int kind) implements Op {
		}

		record Cancel(int index) implements Op {
		}

		record Throw(boolean caught) implements Op {
		}

		record Async(List<Op> ops) implements Op {
		}

		record In(boolean detached, List<Op> ops) implements Op {
		}

		record Patch(String id, List<Op> now, List<Op> before) implements Op {
		}

		record Loop(int times, List<Op> ops) implements Op {
		}

	}

	private static final class Interpreter {

		private final Flow flow;

		private final int version;

		private final List<Promise<Object>> promises = new ArrayList<>();

		private final List<CancellationScope> scopes = new ArrayList<>();

		Interpreter(Flow flow, int version) {
			this.flow = flow;
			this.version = version;
		}

		void run(List<Op> ops) {
			for (Op op : ops) {
				try {
					flow.log(run(op));
				}
				catch (ActivityFailure | CanceledFailure | IllegalStateException ex) {
					flow.log(
							ex.getClass().getSimpleName() + ((ex instanceof WorkflowException) ? "" : ex.getMessage()));
					if (flow.log.size() % 3 == 0) {
						throw ex;
					}
				}
			}
		}

		private @Nullable Object run(Op op) {
			return switch (op) {
				case Op.Call call -> Acts.call(call.type, flow.log.size());
				case Op.Start start -> promises.add(Acts.start(start.type));
				case Op.Sleep sleep -> {
					Workflows.sleep(Duration.ofSeconds(sleep.seconds));
					yield Workflows.now();
				}
				case Op.Timer timer -> {
					Promise<?> promise = Workflows.timer(Duration.ofSeconds(timer.seconds));
					yield promises.add(Workflows.async(() -> String.valueOf((Object) promise.get())));
				}
				case Op.Join join -> join(join);
				case Op.Await await -> await(await);
				case Op.Effect effect -> switch (effect.kind) {
					case 0 -> Workflows.sideEffect(Long.class, TestRun.OUTSIDE::getAndIncrement);
					case 1 -> Workflows.random().nextInt(100);
					default -> Workflows.randomUuid();
				};
				case Op.Cancel cancel -> {
					if (cancel.index < scopes.size()) {
						scopes.get(cancel.index).cancel();
					}
					yield scopes.size();
				}
				case Op.Throw thrown -> throw new IllegalStateException("thrown");
				case Op.Async async -> promises.add(Workflows.async(() -> {
					run(async.ops);
					return "async " + flow.log.size();
				}));
				case Op.In in -> {
					Runnable work = () -> {
						scopes.add(Workflows.currentScope());
						run(in.ops);
					};
					CancellationScope scope = in.detached ? Workflows.detachedScope(work)
							: Workflows.cancellationScope(work);
					yield scope.isCancelRequested();
				}
				case Op.Patch patch -> {
					boolean taken = version > 1 && Workflows.patched(patch.id);
					run(taken ? patch.now : patch.before);
					yield "patched";
				}
				case Op.Loop loop -> {
					for (int i = 0; i < loop.times; i++) {
						run(loop.ops);
					}
					yield "looped";
				}
			};
		}

		private @Nullable Object join(Op.Join join) {
			if (promises.isEmpty()) {
				return "nothing to join";
			}
			return switch (join.how) {
				case 0 -> promises.get(join.index % promises.size()).get();
				case 1 -> Workflows.any(List.copyOf(promises));
				default -> Workflows.all(List.copyOf(promises));
			};
		}

		private Object await(Op.Await await) {
			if (await.seconds > 0) {
				return Workflows.await(Duration.ofSeconds(await.seconds), () -> signals() >= await.signals);
			}
			Workflows.await(() -> signals() >= await.signals || flow.log.size() > 30);
			return signals();
		}

		private int signals() {
			return (Integer) flow.vars.getOrDefault("signals", 0);
		}

	}

}
