package io.reprise.host.datajdbc;

import java.util.concurrent.atomic.AtomicBoolean;

import io.reprise.Activity;

import org.springframework.transaction.annotation.Transactional;

/** Fails once, after it has written: the application's transaction undoes it. */
@Activity
public class BoxOffice {

	private final TicketRepository tickets;

	private final AtomicBoolean failsOnce = new AtomicBoolean(true);

	BoxOffice(TicketRepository tickets) {
		this.tickets = tickets;
	}

	@Transactional
	public String sell(String holder) {
		tickets.save(new Ticket(null, holder));
		if (failsOnce.compareAndSet(true, false)) {
			throw new IllegalStateException("The ticket must not stay");
		}
		return tickets.countByHolder(holder) + " of " + tickets.count();
	}

}
