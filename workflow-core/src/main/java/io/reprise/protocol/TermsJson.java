package io.reprise.protocol;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import io.reprise.Lifetime;
import io.reprise.RetrySettings;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Terms of a run as JSON: an object of what there is.
 */
final class TermsJson {

	private @Nullable Duration executionTimeout;

	private @Nullable Duration runTimeout;

	private @Nullable RetrySettings retry;

	private @Nullable String cron;

	private @Nullable ZoneId zone;

	private @Nullable Instant firstTurnAt;

	private @Nullable String first;

	private @Nullable String previous;

	private int attempt = 1;

	private @Nullable Instant deadline;

	private @Nullable Payload lastResult;

	private List<String> requestIds = List.of();

	private TermsJson() {
	}

	static void write(JsonGenerator gen, String name, @Nullable RunTerms terms) {
		if (terms == null) {
			return;
		}
		Lifetime lifetime = terms.lifetime();
		gen.writeObjectPropertyStart(name);
		writeDuration(gen, "exec", lifetime.executionTimeout());
		writeDuration(gen, "run", lifetime.runTimeout());
		if (lifetime.retry() != null) {
			writeRetry(gen, lifetime.retry());
		}
		JsonIo.writeText(gen, "cron", lifetime.cron());
		JsonIo.writeText(gen, "zone", (lifetime.cronZone() != null) ? lifetime.cronZone().getId() : null);
		writeTime(gen, "at", terms.firstTurnAt());
		if (terms.chain() != null) {
			writeChain(gen, terms.chain());
		}
		gen.writeEndObject();
	}

	private static void writeRetry(JsonGenerator gen, RetrySettings retry) {
		gen.writeObjectPropertyStart("retry");
		gen.writeNumberProperty("max", retry.maximumAttempts());
		writeDuration(gen, "initial", retry.initialInterval());
		// As text, because JSON has no infinity
		gen.writeStringProperty("backoff", Double.toString(retry.backoffCoefficient()));
		writeDuration(gen, "maxInterval", retry.maximumInterval());
		JsonIo.writeTexts(gen, "nonRetryable", retry.nonRetryable());
		gen.writeEndObject();
	}

	private static void writeChain(JsonGenerator gen, RunChain chain) {
		JsonIo.writeText(gen, "first", chain.firstRunId());
		JsonIo.writeText(gen, "previous", chain.previousRunId());
		if (chain.attempt() != 1) {
			gen.writeNumberProperty("attempt", chain.attempt());
		}
		writeTime(gen, "deadline", chain.deadline());
		if (chain.lastResult() != null) {
			gen.writeName("result");
			PayloadJson.write(gen, chain.lastResult());
		}
		JsonIo.writeTexts(gen, "reqs", chain.requestIds());
	}

	private static void writeDuration(JsonGenerator gen, String name, @Nullable Duration duration) {
		if (duration != null) {
			gen.writeNumberProperty(name, JsonIo.micros(duration));
		}
	}

	/** Up, because nothing happens early. */
	private static void writeTime(JsonGenerator gen, String name, @Nullable Instant time) {
		if (time != null) {
			gen.writeNumberProperty(name, JsonIo.microsUp(time));
		}
	}

	static RunTerms read(JsonParser p) {
		JsonIo.expectObject(p, "terms");
		TermsJson terms = new TermsJson();
		for (String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			terms.field(p, name);
		}
		return terms.build();
	}

	private void field(JsonParser p, String name) {
		switch (name) {
			case "exec" -> executionTimeout = duration(p, name);
			case "run" -> runTimeout = duration(p, name);
			case "retry" -> retry = readRetry(p);
			case "cron" -> cron = JsonIo.text(p, name);
			case "zone" -> zone = zone(JsonIo.require(JsonIo.text(p, name), name));
			case "at" -> firstTurnAt = JsonIo.instant(JsonIo.integer(p, name));
			case "first" -> first = JsonIo.text(p, name);
			case "previous" -> previous = JsonIo.text(p, name);
			case "attempt" -> attempt = JsonIo.int32(p, name);
			case "deadline" -> deadline = JsonIo.instant(JsonIo.integer(p, name));
			case "result" -> lastResult = PayloadJson.read(p);
			case "reqs" -> requestIds = JsonIo.texts(p, name);
			default -> p.skipChildren();
		}
	}

	private RunTerms build() {
		RunChain chain = (first != null)
				? new RunChain(first, JsonIo.require(previous, "previous"), attempt, deadline, lastResult, requestIds)
				: null;
		return new RunTerms(new Lifetime(executionTimeout, runTimeout, retry, Duration.ZERO, cron, zone), firstTurnAt,
				chain);
	}

	private static ZoneId zone(String id) {
		try {
			return ZoneId.of(id);
		}
		catch (DateTimeException ex) {
			throw JsonIo.corrupt("'zone' is '%s'".formatted(TextRules.excerpt(id)));
		}
	}

	private static RetrySettings readRetry(JsonParser p) {
		JsonIo.expectObject(p, "retry");
		RetrySettings retry = RetrySettings.defaults();
		int max = retry.maximumAttempts();
		Duration initial = retry.initialInterval();
		double backoff = retry.backoffCoefficient();
		Duration maxInterval = retry.maximumInterval();
		List<String> nonRetryable = List.of();
		for (String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			switch (name) {
				case "max" -> max = JsonIo.int32(p, name);
				case "initial" -> initial = duration(p, name);
				case "backoff" -> backoff = number(p, name);
				case "maxInterval" -> maxInterval = duration(p, name);
				case "nonRetryable" -> nonRetryable = JsonIo.texts(p, name);
				default -> p.skipChildren();
			}
		}
		return new RetrySettings(max, initial, backoff, maxInterval, nonRetryable);
	}

	private static double number(JsonParser p, String field) {
		if (p.currentToken() != JsonToken.VALUE_STRING) {
			throw JsonIo.unexpected(p, field, "a number as text");
		}
		try {
			return Double.parseDouble(p.getString());
		}
		catch (NumberFormatException ex) {
			throw JsonIo.unexpected(p, field, "a number as text");
		}
	}

	private static Duration duration(JsonParser p, String field) {
		return JsonIo.duration(JsonIo.integer(p, field));
	}

}
