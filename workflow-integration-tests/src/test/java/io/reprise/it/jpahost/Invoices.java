package io.reprise.it.jpahost;

import java.util.concurrent.atomic.AtomicBoolean;

import io.reprise.Activity;

import org.springframework.transaction.annotation.Transactional;

/** Writes in a transaction of the application's own JPA. */
@Activity
public class Invoices {

	private final InvoiceRepository repository;

	private final AtomicBoolean failsOnce = new AtomicBoolean(true);

	Invoices(InvoiceRepository repository) {
		this.repository = repository;
	}

	@Transactional
	public long write(String customer) {
		repository.saveAndFlush(new Invoice(customer));
		if (failsOnce.compareAndSet(true, false)) {
			throw new IllegalStateException("The invoice must not stay");
		}
		return repository.countByCustomer(customer);
	}

}
