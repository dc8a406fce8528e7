package io.reprise.it.jpahost;

import org.springframework.data.jpa.repository.JpaRepository;

public interface InvoiceRepository extends JpaRepository<Invoice, Long> {

	long countByCustomer(String customer);

}
