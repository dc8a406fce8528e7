package io.reprise.it.jpahost;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;

@Entity
public class Invoice {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	private String customer;

	protected Invoice() {
	}

	Invoice(String customer) {
		this.customer = customer;
	}

	public Long getId() {
		return id;
	}

	public String getCustomer() {
		return customer;
	}

}
