package io.reprise.host.datajdbc;

import org.springframework.data.repository.CrudRepository;

interface TicketRepository extends CrudRepository<Ticket, Long> {

	long countByHolder(String holder);

}
