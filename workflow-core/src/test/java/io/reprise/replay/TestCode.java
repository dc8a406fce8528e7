package io.reprise.replay;

import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

import io.reprise.ActivitySettings;
import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.convert.JacksonPayloadConverter;
import io.reprise.protocol.Payload;
import io.reprise.spi.PayloadConverter;
import org.jspecify.annotations.Nullable;

/**
 * A workflow type made of lambdas. Query {@code state} shows everything that a replay
 * must bring back.
 */
final class TestCode implements WorkflowCode {

	static final PayloadConverter CONVERTER = JacksonPayloadConverter.withDefaults();

	private final Body main;

	private final Map<String, Handler> signals = new HashMap<>();

	private final Map<String, Handler> queries = new HashMap<>();

	private final Map<String, Handler> updates = new HashMap<>();

	private final Map<String, Handler> validators = new HashMap<>();

	private Callable<Flow> constructor = Flow::new;

	private Type argumentType = Object.class;

	private TestCode(Body main) {
		this.main = main;
		query("state", (flow, argument) -> flow.state());
	}

	static TestCode of(Body main) {
		return new TestCode(main);
	}

	static TestCode run(Main main) {
		return new TestCode((flow, argument) -> main.run(flow));
	}

	TestCode signal(String name, Effect handler) {
		signals.put(name, new LambdaHandler((flow, argument) -> {
			handler.run(flow, argument);
			return null;
		}, Object.class));
		return this;
	}

	TestCode typedSignal(String name, Type type, Effect handler) {
		signals.put(name, new LambdaHandler((flow, argument) -> {
			handler.run(flow, argument);
			return null;
		}, type));
		return this;
	}

	TestCode update(String name, Body handler) {
		updates.put(name, new LambdaHandler(handler, Object.class));
		return this;
	}

	TestCode validator(String name, Effect validator) {
		validators.put(name, new LambdaHandler((flow, argument) -> {
			validator.run(flow, argument);
			return null;
		}, Object.class));
		return this;
	}

	TestCode query(String name, Body handler) {
		queries.put(name, new LambdaHandler(handler, Object.class));
		return this;
	}

	TestCode typedQuery(String name, Type type, Body handler) {
		queries.put(name, new LambdaHandler(handler, type));
		return this;
	}

	TestCode constructor(Callable<Flow> made) {
		constructor = made;
		return this;
	}

	TestCode argument(Type type) {
		argumentType = type;
		return this;
	}

	@Override
	public String workflowType() {
		return "Test";
	}

	@Override
	public Object newInstance() throws Exception {
		return constructor.call();
	}

	@Override
	public Handler run() {
		return new LambdaHandler(main, argumentType);
	}

	@Override
	public @Nullable Handler signal(String name) {
		return signals.get(name);
	}

	@Override
	public @Nullable Handler query(String name) {
		return queries.get(name);
	}

	@Override
	public @Nullable Handler update(String name) {
		return updates.get(name);
	}

	@Override
	public @Nullable Handler validator(String name) {
		return validators.get(name);
	}

	@Override
	public boolean isBug(Throwable failure) {
		return failure instanceof NullPointerException || failure instanceof ClassCastException
				|| failure instanceof IndexOutOfBoundsException
				|| (failure instanceof WorkflowException known && known.code() == ErrorCode.INVALID_ARGUMENT);
	}

	@Override
	public WorkflowCalls calls() {
		throw new UnsupportedOperationException("Expected other workflows to be called by name");
	}

	@Override
	public <T> T activityStub(Class<T> type, ActivitySettings settings) {
		throw new UnsupportedOperationException();
	}

	interface Body {

		@Nullable Object run(Flow flow, @Nullable Object argument) throws Throwable;

	}

	interface Main {

		@Nullable Object run(Flow flow) throws Throwable;

	}

	interface Effect {

		void run(Flow flow, @Nullable Object argument) throws Throwable;

	}

	private record LambdaHandler(Body body, Type argumentType) implements Handler {

		@Override
		public @Nullable Object[] decode(Payload arguments) {
			return CONVERTER.fromArguments(arguments, new Type[] { argumentType });
		}

		@Override
		public @Nullable Object invoke(Object target, @Nullable Object[] arguments) throws Throwable {
			return body.run((Flow) target, arguments[0]);
		}

		@Override
		public Payload encode(@Nullable Object result) {
			return CONVERTER.toPayload(result);
		}

	}

}
