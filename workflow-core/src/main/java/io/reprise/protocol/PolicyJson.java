package io.reprise.protocol;

import java.time.Duration;
import java.util.List;

import io.reprise.Internal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Activity policies as JSON: an object of what differs from the defaults.
 */
@Internal("the kernel stores its state by the same rules")
public final class PolicyJson {

	/**
	 * What absent fields mean. Part of the stored format and therefore fixed for ever,
	 * whatever becomes of {@link ActivityPolicy#DEFAULT}.
	 */
	private static final ActivityPolicy ABSENT = new ActivityPolicy(Duration.ofMinutes(1), null, null, null, 0,
			Duration.ofSeconds(1), 2.0, Duration.ofSeconds(100), List.of());

	private PolicyJson() {
	}

	/**
	 * Writes a policy under a name, or nothing if it is the default.
	 * @param gen where to
	 * @param name the name
	 * @param policy the policy
	 */
	public static void write(JsonGenerator gen, String name, ActivityPolicy policy) {
		if (policy.equals(ABSENT)) {
			return;
		}
		gen.writeObjectPropertyStart(name);
		writeDuration(gen, "startToClose", policy.startToClose(), ABSENT.startToClose());
		writeDuration(gen, "scheduleToClose", policy.scheduleToClose(), null);
		writeDuration(gen, "scheduleToStart", policy.scheduleToStart(), null);
		writeDuration(gen, "heartbeat", policy.heartbeat(), null);
		if (policy.maximumAttempts() != ABSENT.maximumAttempts()) {
			gen.writeNumberProperty("maxAttempts", policy.maximumAttempts());
		}
		writeDuration(gen, "initial", policy.initialInterval(), ABSENT.initialInterval());
		if (policy.backoffCoefficient() != ABSENT.backoffCoefficient()) {
			gen.writeNumberProperty("backoff", policy.backoffCoefficient());
		}
		writeDuration(gen, "maxInterval", policy.maximumInterval(), ABSENT.maximumInterval());
		JsonIo.writeTexts(gen, "nonRetryable", policy.nonRetryable());
		gen.writeEndObject();
	}

	private static void writeDuration(JsonGenerator gen, String name, @Nullable Duration duration,
			@Nullable Duration absent) {
		if (duration != null && !duration.equals(absent)) {
			gen.writeNumberProperty(name, JsonIo.micros(duration));
		}
	}

	/**
	 * What a policy that was left out means.
	 * @return the policy
	 */
	public static ActivityPolicy absent() {
		return ABSENT;
	}

	/**
	 * Reads a policy.
	 * @param p a parser on its value
	 * @return the policy
	 */
	public static ActivityPolicy read(JsonParser p) {
		JsonIo.expectObject(p, "policy");
		Duration startToClose = ABSENT.startToClose();
		Duration scheduleToClose = null;
		Duration scheduleToStart = null;
		Duration heartbeat = null;
		int maximumAttempts = ABSENT.maximumAttempts();
		Duration initialInterval = ABSENT.initialInterval();
		double backoffCoefficient = ABSENT.backoffCoefficient();
		Duration maximumInterval = ABSENT.maximumInterval();
		List<String> nonRetryable = List.of();
		for (String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			switch (name) {
				case "startToClose" -> startToClose = duration(p, name);
				case "scheduleToClose" -> scheduleToClose = duration(p, name);
				case "scheduleToStart" -> scheduleToStart = duration(p, name);
				case "heartbeat" -> heartbeat = duration(p, name);
				case "maxAttempts" -> maximumAttempts = JsonIo.int32(p, name);
				case "initial" -> initialInterval = duration(p, name);
				case "backoff" -> backoffCoefficient = number(p, name);
				case "maxInterval" -> maximumInterval = duration(p, name);
				case "nonRetryable" -> nonRetryable = JsonIo.texts(p, name);
				default -> p.skipChildren();
			}
		}
		return new ActivityPolicy(startToClose, scheduleToClose, scheduleToStart, heartbeat, maximumAttempts,
				initialInterval, backoffCoefficient, maximumInterval, nonRetryable);
	}

	private static Duration duration(JsonParser p, String field) {
		return JsonIo.duration(JsonIo.integer(p, field));
	}

	/** Infinity, which JSON cannot write as a number, is written as text. */
	private static double number(JsonParser p, String field) {
		if (p.currentToken() == JsonToken.VALUE_STRING) {
			return switch (p.getString()) {
				case "Infinity" -> Double.POSITIVE_INFINITY;
				case "-Infinity" -> Double.NEGATIVE_INFINITY;
				case "NaN" -> Double.NaN;
				default -> throw JsonIo.unexpected(p, field, "a number");
			};
		}
		if (!p.currentToken().isNumeric()) {
			throw JsonIo.unexpected(p, field, "a number");
		}
		return p.getDoubleValue();
	}

}
