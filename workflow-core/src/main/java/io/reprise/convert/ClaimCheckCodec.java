package io.reprise.convert;

import io.reprise.ErrorCode;
import io.reprise.WorkflowException;
import io.reprise.protocol.ClaimCheck;
import io.reprise.protocol.Payload;
import io.reprise.spi.PayloadCodec;
import io.reprise.spi.PayloadStore;
import io.reprise.spi.StoreException;

/**
 * Fetches payloads that are kept beside the history, when their value is needed. It is
 * the engine that keeps them there.
 */
public final class ClaimCheckCodec implements PayloadCodec {

	private final PayloadStore store;

	public ClaimCheckCodec(PayloadStore store) {
		this.store = store;
	}

	@Override
	public Payload encode(Payload payload) {
		return payload;
	}

	@Override
	public Payload decode(Payload payload) {
		ClaimCheck.Ticket ticket = ClaimCheck.Ticket.of(payload);
		return (ticket != null) ? new Payload(ticket.encoding(), fetch(ticket)) : payload;
	}

	private byte[] fetch(ClaimCheck.Ticket ticket) {
		try {
			return store.payload(ticket.runId(), ticket.id())
				.orElseThrow(() -> new WorkflowException(ErrorCode.CODEC_FAILED,
						"Expected payload %s of run %s in the table of payloads, but it is not there. It may have been removed with its run after the retention period; otherwise restore the table"
							.formatted(ticket.id(), ticket.runId())));
		}
		catch (StoreException ex) {
			throw new WorkflowException(ErrorCode.CODEC_FAILED,
					"Expected to fetch payload %s of run %s, but the store failed: %s. It is tried again"
						.formatted(ticket.id(), ticket.runId(), ex.getMessage()),
					ex);
		}
	}

}
