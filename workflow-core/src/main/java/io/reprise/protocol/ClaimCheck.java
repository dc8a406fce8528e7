package io.reprise.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

import io.reprise.Internal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Keeps large payloads out of what is written of a run, and leaves a {@link Ticket} in
 * the place of each. Equal payloads of a run have one ticket. Not for several threads.
 */
@Internal("the engine writes histories, and stores keep what was left out of them")
public final class ClaimCheck {

	/** The smallest threshold that makes sense: a ticket has some hundred bytes. */
	public static final int SMALLEST = 1024;

	/** A threshold that no payload reaches. */
	public static final int NEVER = Integer.MAX_VALUE;

	private final String runId;

	private final int above;

	private @Nullable SequencedMap<String, Payload> kept;

	private @Nullable SequencedMap<String, String> copied;

	/**
	 * A check for what is written of a run.
	 * @param runId the run
	 * @param above payloads of more bytes are kept out; at least {@link #SMALLEST}
	 */
	public ClaimCheck(String runId, int above) {
		this.runId = runId;
		this.above = Math.max(above, SMALLEST);
	}

	/**
	 * What stands for a payload in a document: itself, or its ticket. Costs a comparison
	 * for small ones.
	 */
	static Payload stored(JsonGenerator gen, Payload payload) {
		if (payload.size() <= SMALLEST && !Ticket.isTicket(payload)) {
			return payload;
		}
		ClaimCheck check = (gen.streamWriteOutputTarget() instanceof ByteSink sink) ? sink.claimCheck() : null;
		return (check != null) ? check.leave(payload) : payload;
	}

	/**
	 * How large a payload is, also where a ticket stands in its place.
	 * @param payload any payload
	 * @return bytes
	 */
	public static long originalSize(Payload payload) {
		if (!Ticket.isTicket(payload)) {
			return payload.size();
		}
		String size = payload.encoding().substring(Ticket.START.length(), payload.encoding().indexOf(Ticket.OF));
		return Long.parseLong(size);
	}

	private Payload leave(Payload payload) {
		Ticket ticket = Ticket.of(payload);
		if (ticket != null) {
			if (ticket.runId().equals(runId)) {
				return payload;
			}
			// The other run may be removed before this one
			copied = (copied != null) ? copied : new LinkedHashMap<>();
			copied.put(ticket.id(), ticket.runId());
			return new Payload(payload.encoding(), Ticket.text(runId, ticket.id()));
		}
		if (payload.size() <= above) {
			return payload;
		}
		String id = id(payload);
		kept = (kept != null) ? kept : new LinkedHashMap<>();
		kept.put(id, payload);
		return new Payload(Ticket.encoding(payload), Ticket.text(runId, id));
	}

	private static String id(Payload payload) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(payload.encoding().getBytes(StandardCharsets.UTF_8));
			digest.update((byte) 0);
			return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(payload.data()));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Expected SHA-256 on every Java", ex);
		}
	}

	/**
	 * The size of a payload, or of the one that its ticket stands for.
	 * @param payload any payload
	 * @return bytes
	 */
	public static int sizeOf(Payload payload) {
		if (Ticket.of(payload) == null) {
			return payload.size();
		}
		String encoding = payload.encoding();
		return Integer.parseInt(encoding, Ticket.START.length(), encoding.indexOf(Ticket.OF), 10);
	}

	/**
	 * Whether nothing was kept out, which is the rule.
	 * @return {@code true} if so
	 */
	public boolean isIdle() {
		return kept == null && copied == null;
	}

	/**
	 * Payloads that were kept out.
	 * @return the payloads by the ids on their tickets
	 */
	public SequencedMap<String, Payload> kept() {
		return (kept != null) ? kept : new LinkedHashMap<>();
	}

	/**
	 * Payloads that another run keeps, and this one needs too.
	 * @return the other run by the id of the payload
	 */
	public SequencedMap<String, String> copied() {
		return (copied != null) ? copied : new LinkedHashMap<>();
	}

	/**
	 * What stands for a payload that is kept elsewhere.
	 *
	 * @param runId the run that it belongs to
	 * @param id its id there
	 * @param encoding its encoding
	 */
	public record Ticket(String runId, String id, String encoding) {

		private static final String START = "claim;size=";

		private static final String OF = ";of=";

		static boolean isTicket(Payload payload) {
			return payload.encoding().startsWith(START) && payload.encoding().indexOf(OF) > 0;
		}

		/**
		 * Reads a ticket.
		 * @param payload any payload
		 * @return the ticket, or {@code null} if the payload is none
		 */
		public static @Nullable Ticket of(Payload payload) {
			int of = isTicket(payload) ? payload.encoding().indexOf(OF) : -1;
			if (of < 0) {
				return null;
			}
			String text = new String(payload.data(), StandardCharsets.UTF_8);
			int slash = text.lastIndexOf('/');
			return (slash < 0) ? null : new Ticket(text.substring(0, slash), text.substring(slash + 1),
					payload.encoding().substring(of + OF.length()));
		}

		private static String encoding(Payload payload) {
			return START + payload.size() + OF + payload.encoding();
		}

		private static byte[] text(String runId, String id) {
			return (runId + "/" + id).getBytes(StandardCharsets.UTF_8);
		}

	}

}
